"""How Danish asks: the grammar of `processors.analysis.questions`, in lower case."""

from typing import Final

from processors.lang import alternation, pairs, word_set
from processors.lang.schema import QuestionGrammar

PARTS: Final = {
    "wh": alternation("hvad hvem hvor hvornår hvordan hvorfor hvorhen hvorledes hvilken hvilket hvilke"),
    "past": alternation(
        "var havde kunne ville skulle måtte burde turde gjorde fik blev kom gik sagde fandt tog gav bad lod"
    ),
    "no_verb": alternation(
        "når før efter her der hver eller over under for hvor mere flere færre større mindre desværre herefter"
        " derefter"
        " udover bedre sommer vinter heller aller sikker klar især allerede dette sidste første håber"
    ),
    "verb": r"(?!(?:<no_verb>)(?!\w))(?:kan|skal|vil|må|ved|tør|gad|<past>|\w{2,}r|er|\w{3,}(?:ede|te))s?",
    "person": alternation("jeg du vi de han hun man"),
    "thing": alternation(
        "det den der dette dit din dine jeres vores mit min hans hendes deres nogen noget nogle alle en et"
    ),
    "says": alternation(
        "siger tænker tror synes mener sagde tænkte mente spørger spurgte forklarer fortæller"
    ),
    "feeling": alternation(
        "flot flotte godt gode dejligt dejlig fint fine glad glade smart sjovt ærgerligt træls heldig heldige"
        " sødt sød pænt"
        " lækkert skønt fantastisk trist synd rart imponerende imponeret vildt ærgerlig tilfreds tilfredse"
        " irriterende"
    ),
    "later": r"i (?:dag|morgen|aften|næste uge)|næste \w+|på \w+dag|senere|bagefter|med det samme|så|bare|lige",
    "modal": alternation(
        "er var har havde kan kunne vil ville skal skulle må bliver blev får fik kommer gør går passer"
    ),
}
GRAMMAR: Final = QuestionGrammar(
    parts=PARTS,
    openings=word_set(
        "okay ok og men eller ja jo nej jamen næ altså øh øhm øhh nå nåh hm hmm mhm mm hej hallo goddag godmorgen"
        " godt fint super perfekt fedt dejligt tak undskyld for bare lige hør"
    ),
    opening_pairs=frozenset(
        {("mange", "tak"), ("tusind", "tak"), ("prøv", "lige"), ("sig", "mig"), ("et", "spørgsmål")}
    ),
    question_words=word_set(
        "hvad hvem hvor hvornår hvordan hvorfor hvorhen hvorledes hvilken hvilket hvilke"
    ),
    open_starts=word_set(
        "hvad hvem hvor hvornår hvordan hvorfor hvorhen hvorledes hvilken hvilket hvilke så på i til for med af"
        " fra om"
        " efter under hos fortæl beskriv forklar prøv"
    ),
    leads=word_set("så på i til for med af fra om efter under hos"),
    open_pairs=frozenset(),
    open_clause=(
        r"(?:så |så er spørgsmålet )?(?:(?:på|i|til|for|med|af|fra|om|efter|under|hos) )?(?:"
        r"(?:hvad|hvem|hvor|hvornår|hvordan|hvorfor|hvorhen|hvorledes) (?:<verb>)\b"
        r"|hvor (?:meget|mange|længe|lang|langt|stor|stort|store|ofte|gammel|gamle|hurtigt|dyrt|høj|højt|tit)\b"
        r"|hvad (?:med|så|for|hedder|mon)\b|hvorfor ikke\b|hvordan med\b"
        r"|(?:hvilken|hvilket|hvilke) (?!(?:<person>|i) )(?:[\w-]+ ){1,3}?(?:<verb>)\b)"
        r"|(?:fortæl|beskriv|forklar) (?:lige |gerne |lidt )*(?:mig|os|om|for|hvad|hvor|lidt)\b"
        r"|prøv at (?:fortælle|forklare|beskrive)\b"
    ),
    open_anywhere=(
        r"\b(?:hvad|hvem|hvornår|hvordan|hvorfor|(?:hvilken|hvilket|hvilke) [\w-]+|hvor(?: \w+){0,2}?)"
        r" (?:<verb>) (?:<person>|i|det|den)\b|\b(?:nysgerrig|spændt) (?:på|efter at høre) <wh>\b|\b(?:vide"
        r"|høre|spørge|forstå) (?:om )?<wh>\b"
    ),
    closed_starts=r"<verb>|mon|i|du",
    closed_clause=(
        r"(?!<says> (?!du|i))(?:<verb>) (?:ikke )?(?:<person>|det|den|der)\b|(?:<modal>) (?:<thing>)\b"
        r"|(?:er|kan|skal|vil|bliver|må) \w+(?:en|et|erne|ne)\b(?! \w+r\b)|mon\b"
        r"|\w{3,}r i (?:det|den|dem|selv|stadig|allerede|også|ikke|noget|nogen|en|et)\b|(?:i|du) (?:<verb>) vel\b"
        r"|(?!er |var )(?:<modal>|bruger|kender|siger|synes|tror|mener|ønsker|ved) (?:ikke )?i\b"
    ),
    closed_pairs=pairs("kan", "du i", "fortælle sige sende hjælpe prøve huske give forklare bekræfte")
    | pairs("har", "du i", "tid mulighed lyst hørt prøvet overvejet talt spørgsmål")
    | pairs("vil", "du i", "have høre gerne sende")
    | pairs("ved synes tror", "du")
    | pairs("må", "jeg", "spørge høre få bede")
    | pairs("gerne lige godt bare", "vide høre spørge", "om")
    | pairs("gad", "vide"),
    no_question_after=word_set("så nu her det den der og da dem derfor dag morgen kun jeg vi du han hun de"),
    bare_tag=(
        r"(?:\w+ ){3,}(?<!ses )(?<!lev )(?<!far )vel$"
        # "det lyder fornuftigt gør det ikke"
        r"|(?:det|den|de|i|du|vi) (?:\w+ ){2,}(?<!det )(?<!den )(?<!at )(?<!men )(?<!som )(?<!så )(?<!og )"
        r"(?:gør|er|kan|har|skal|vil|var|bliver) (?:det|den|de|i|du|vi) ikk?e?$"
    ),
    tags=frozenset({("ikke", "sandt"), ("ikke", "også"), ("eller", "hvad"), ("ikke", "vel")}),
    last_words=frozenset({"ikke", "vel", "hva", "eller", "ikk", "ik", "ikk'", "ik'"}),
    statement=(
        r"hvad (?:angår|der)\b|hvor er (?:det|den|de) (?:bare )?(?!henne)\w+[te](?:\W*$|,? at\b)"
        # "hvor er jeg glad", "hvem ved", "hvor meget det koster, afhænger af ..."
        r"|hvor (?:er|var|bliver) (?:<person>|i|det|den|de|her|der) (?:da |dog |bare |altså |virkelig "
        r"|sådan )*(?:<feeling>)\b"
        r"|hvor (?:er|var) (?:<person>|i|det|den|de|her) (?:da|dog|bare)\b"
        r"|hvem (?:ved|gider|orker|ville have troet)(?: det| det her| mere)?\W*$"
        r"|hvor (?:meget|mange|længe|ofte|langt|lang|stor|stort|tit) (?:det|den|<person>) \w+r\b"
        # What is talked of is left out in front: "[det] kan jeg godt forstå", "[det] har jeg sagt".
        r"|(?:ved|tror|synes|mener|håber|forstår|troede|vidste|syntes) jeg\b|(?:<verb>) (?:jeg|vi|du|i"
        r"|man) (?:nok|sagtens|jo)\b"
        r"|(?:<verb>) (?:jeg|vi|man) (?:aldrig|helt|desværre|heldigvis|faktisk|selvfølgelig|ærlig talt|godt selv)\b"
        r"|(?:<verb>) (?:jeg|vi|man) (?:godt|gerne|også|ikke|da|bare)(?: \w+)? (?:forstå|se|høre|huske|lide"
        r"|mærke|følge|sige|love|leve med)\W*$"
        r"|(?:har|havde) (?:jeg|vi) (?:allerede |også |lige |da |jo )?(?:sagt|hørt|set|gjort|skrevet|fået|læst"
        r"|prøvet|tænkt|lavet|sendt)\W*$"
        r"|(?:er|var|bliver|blev) (?:jeg|vi) (?:meget |så |rigtig |ret |helt |virkelig )*(?:<feeling>|enige?"
        r"|sikker|sikre|ked|med på)\b"
        r"|(?:må|kan|vil|skal|tør) (?:jeg|man) (?:vel |nok |da |godt |roligt )*(?:sige|love|indrømme"
        r"|tilstå)(?:\W*$| at\b)"
        r"|(?:ville|kunne) (?:jeg|vi) (?:ønske|godt tænke)\b"
        r"|(?:kunne|ville|skulle|burde) (?:jeg|vi|man) (?:godt|sagtens|nok|gerne)(?: lige)? \w+\W*$"
        r"|(?:skulle|burde|kunne) (?:jeg|vi|man|du|i) (?:have|ha) .*\b(?:længst|forlængst|før|dengang)\W*$"
        r"|er (?:det|den|de) (?:da |ellers )?(?:godt nok (?!til|for|at|så|som|nu)\w"
        r"|(?:dælme|sgu|fandeme|simpelthen|edderme)\b)"
        r"|må (?:du|i) (?:meget |altså |virkelig )?(?:undskylde|have undskyldt)\b|lyder det (?:til|som om)\W*$"
        r"|hvad (?:ved|sagde|siger) jeg\W*$"
        r"|(?:vil|ville) jeg (?:da |nok |næsten |helt klart )?(?:tro|mene|gætte på|antage|foreslå)\b"
        r"|(?:er|var) der (?:da |jo |nu |helt )*(?:styr|check|tjek|hånd|sørget|tænkt)(?: taget)? (?:på|om|for)\W*$"
        r"|(?:<past>|\w{3,}(?:ede|te)|så) (?:jeg|vi) (?:den |det |dem |også |faktisk )*"
        r"(?:i (?:går|forgårs|morges|fjor|sidste uge)|forleden|for (?:\w+ ){1,3}siden)\W*$"
        r"|(?:<verb>) (?:jeg|vi) .*\b(?:i|om|til|af|på|for|fra|over|med)\W*$|(?:<verb>) (?:du|i|man) .*\b(?:i"
        r"|om|af)\W*$"
        r"|(?:gør|får|tager|laver|finder|giver|køber) (?:jeg|vi|du)(?: med)?(?: (?:<later>|hjem|videre))?\W*$"
        r"|(?:sender|skriver|ringer) (?:jeg|vi)(?: (?:til|på|med) \w+)?(?: (?:<later>))?\W*$"
        r"|skal (?:du|i) (?:også |selv )?have\W*$"
        r"|(?:<verb>) [^,]*, (?:blot |så )?(?:<verb>|ring|kontakt|klik|læs|send|skriv)\b"
        r"|(?:<verb>) .*\bså (?:<verb>|ring|kontakt|klik|læs|send|skriv)\b"
    ),
    request=(
        r"(?:giv|fortæl|beskriv|forklar|nævn|stav|sig)\b|(?:dit|din|dine|jeres|hvad|hvor|hvem|hvornår|hvordan"
        r"|hvorfor)\b"
        r"|(?:hvilken|hvilket|hvilke)\b"
    ),
)
