"""How Danish promises: the grammar of `processors.analysis.action_items`."""

from typing import Final

from processors.lang import word_set
from processors.lang.schema import Deed, PromiseGrammar

# "Jeg følger op", "så følger jeg op".
_SOON: Final = (
    r"i (?:dag|morgen|aften|eftermiddag|formiddag|næste uge)|senere|inden|på (?:man|tirs|ons|tors|fre|lør|søn)dag"
    r"|næste (?:uge|\w+dag)|om (?:lidt|et par|en time)|straks|med det samme|senest"
)
OUR_DEEDS: Final = (
    Deed(
        "laver|sætter|booker|opretter|retter|installerer|udarbejder",
        rf"(?:[\w-]+ ){{0,4}}?(?:{_SOON})",
        "booke|oprette|udarbejde",
    ),
    Deed(
        "sender|mailer|fremsender|oversender|videresender|eftersender",
        "",
        "sende|maile|fremsende|oversende|videresende",
    ),
    Deed("vender", "tilbage|retur", "vende tilbage|vende retur"),
    Deed("følger", "op", "følge op"),
    Deed("sørger", "for", "sørge for"),
    Deed("giver", "besked|lyd|et kald|et ring|et overblik", "give (?:dig|jer|ham|hende|dem)"),
    Deed("ringer", "til|tilbage|igen|på|dig|jer|op|i morgen|senere|\\w+dag|i næste", "ringe"),
    Deed("undersøger|kontakter|ordner|fikser", "", "undersøge|kontakte|ordne|fikse"),
    Deed(
        "får",
        "sendt|lavet|booket|undersøgt|tjekket|oprettet|styr på|rettet|ordnet|opdateret|afklaret|set på"
        "|over til (?:dig|jer)|til at (?:sende|ringe|skrive|kontakte|lave|oprette|rette|undersøge|booke)",
        "få",
    ),
    Deed("finder", "en løsning", "finde en løsning|få til at"),
)
MY_DEEDS: Final = (
    Deed("finder", "ud af|frem", "finde ud af|finde (?:det|den|de|et|en)"),
    Deed("skriver", "til|på|dig|jer|en mail|et udkast|referat\\w*|ned|ind|under", "skrive"),
    Deed("siger", "til|videre", "sige (?:det )?til"),
    Deed("laver", "(?:et|en|jeres|dit|din) [\\w-]+", "lave (?:et|en|jeres|dit)"),
    Deed("kigger|ser", "på det|på den|på sagen|nærmere", "kigge på|se på"),
    Deed(
        "taler|snakker",
        "med (?:min|vores|ham|hende|dem|teknik\\w*|økonomi\\w*|lageret)",
        "tale med|snakke med",
    ),
    Deed(
        "spørger",
        "ham|hende|dem|min|vores|teknik\\w*|lageret|internt|(?!bare|lige|kun|jo|altid|dig|jer)\\w+ om",
        "spørge",
    ),
    Deed("tager", "fat i|kontakt|med|med videre", "tage fat i|tage kontakt|tage (?:det|den) med"),
    Deed("lægger", "den|det|dem", "lægge"),
    Deed("sætter", "op|et møde|dig i|jer i|i gang|på sagen", "sætte"),
    Deed("regner", "på", "regne på"),
    Deed("bliver", "på sagen", "blive på sagen"),
    Deed("scanner|retter|læser|viser", "(?:det|den|dem|dig|jer)", "scanne|rette|læse|vise (?:dig|jer)"),
    Deed(
        "tjekker|checker|afklarer|forbereder|noterer",
        "",
        "tjekke|checke|afklare|forberede|notere|slå op|slå (?:det|den) op",
    ),
    Deed("booker|indkalder|inviterer|reserverer|bestiller", "", "booke|indkalde|invitere|reservere|bestille"),
    Deed(
        "opdaterer|opretter|tilføjer|bekræfter|annullerer", "", "opdatere|oprette|tilføje|bekræfte|annullere"
    ),
    Deed("udarbejder", "", "udarbejde|anbefale|vende (?:det|den) med"),
)
_NOT_NOW: Final = r"(?! (?:\w+ )?(?:ikke|aldrig|altid|selv|normalt|typisk|ofte|hver|hele tiden)\b)"
_ADVERBS: Final = r"(?: (?:lige|så|også|straks|selv|nok|prøve at|bare))*"
_TOLD: Final = r"(?<!hvis )(?<!når )(?<!at )(?<!hvad )"
_NOT_IN_FRONT: Final = r"(?<=[\wæøå,] )"  # there it asks
_OF_THAT: Final = "gør|klarer|ordner|fikser|tager|undersøger|noterer|skriver|finder"

GRAMMAR: Final = PromiseGrammar(
    speakers=word_set("jeg vi mig du i"),
    deeds=frozenset(
        first
        for deed in (*OUR_DEEDS, *MY_DEEDS)
        for phrase in f"{deed.present}|{deed.infinitive}".split("|")
        for first in phrase.split()[:1]
    )
    | word_set("gør klarer tager får modtager nok"),
    anywhere=(
        # "du får kontrakten på mail i morgen", "så får du en invitation fra mig"
        r"\b(?:(?<!hvis\ )(?<!når\ )(?<!at\ )(?<!,\ )(?:du|i)\ (?:får|modtager)"
        r"|(?<=[\wæøå,]\ )(?:får|modtager)\ (?:du|i))"
        r"\ (?!ikke\b|altid\b).{3,60}?\b(?:fra\ (?:mig|os)|på\ (?:mail|skrift)|"
        + _SOON.replace(" ", r"\ ")
        + r")\b"
        r"|\b(?:jeg|vi)\ skal\ nok\ have\ (?:[\w-]+\ ){0,2}?(?:sendt|rettet|ordnet|lavet|løst|bestilt)\b"
    ),
    speaker=r"(?:jeg|vi|mig)\b",
    deeds_by_speaker=(("jeg|vi", OUR_DEEDS), ("jeg", MY_DEEDS)),
    tail=r"(?: (?!ikke\b)[\w-]+){0,4}? (?:<rest>)",
    from_speaker=(
        rf"\b{_TOLD}(?:<who>)(?: lige| så| selvfølgelig| straks)? (?:<straight>)\b{_NOT_NOW}",
        rf"\b(?:<who>) (?:skal nok|vil|skal lige|skal|kommer til at|prøver at){_ADVERBS} (?:<infinitives>)\b",
        r"\b(?<=\blad )mig (?:lige )?(?:<all_infinitives>)\b",
    ),
    from_before=(
        rf"{_NOT_IN_FRONT}(?:<turned>)\b{_NOT_NOW}",
        rf"{_NOT_IN_FRONT}(?:skal|vil) (?:<who>){_ADVERBS} (?:<infinitives>)\b",
        rf"(?<=\bdet )(?<!hvis det )(?:{_OF_THAT}) jeg\b(?! ikke| altid)",
    ),
    no_item=(
        r"(?:\bikke|\bik|\bokay|\bok)\W*$|"
        r"\b(?:to|tre|fire|et par|nogle) (?:mand|mænd|folk)\b|\b(?:døgnet rundt|altid|hver gang|de bedste i)\b"
        r"|\bdet sørger (?:jeg|vi) for\b(?!,? at)"
        r"|\b(?:retter|scanner|lægger|sætter) (?:jeg )?(?:den|det|dem)\b(?!.*(?:send|ring|dag|\bop\b|aften|morgen))"
        r"|\bfind(?:er"
        r"|e) vi en løsning\b|\bskal jeg sende\b|"
        r"\bnoter|\bskriver (?:jeg |vi )?(?:det |den |dem |lige )*(?:ned|ind|op|bag øret)\b(?!.*\bsend)"
        r"|\bskrive (?:det "
        r"|den |dem )*(?:ned|ind|op)\b"
        r"|\bslår? (?:jeg |det |den |lige )*op\b|\bslå op\b|\bnoteret\b|\bet øjeblik\b|\bto sekunder\b"
        r"|\bventer du\b|\bbliv hængende\b"
        r"|\bfind(?:er|e) (?:jeg |lige |vi )*(?:ud af|det|den|tallet|sagen|dig|jer|frem)\b(?!.*(?:vender|ringer"
        r"|sender|skriver))"
        r"|\bså (?:læser|kigger|ser|regner) jeg\b|\b(?:viser|forklarer|fortæller) (?:jeg |dig |jer )"
        r"|\b(?:gerne|hvis|såfremt|måske|kunne|ville)\b|\bbliver på sagen\b(?!.*(?:ringer|skriver|sender))"
        r"|\bjeg (?:lige )?(?:tjekker|checker|kigger|ser) (?:lige|om|hvad|hvor|på det)\b(?!.*(?:vender|ringer"
        r"|sender|skriver|i morgen|dag))"
        r"|\bskal lige (?:se|tjekke|finde|slå|have|kigge|høre)\b"
    ),
    content=(
        r"\b(?:tilbud|kontrakt|aftale|faktura|oplæg|overblik|mail|link|priser?|regnestykke|beregning|plan"
        r"|tidsplan|møde|demo|rapport"
        r"|referat|prøve|liste|dokument|materiale|brochure|udkast|datablad|specifikation|kalender|indkaldelse"
        r"|invitation|adgang|svar"
        r"|kreditnota|ordre|tekniker|konsulent|montør|kollega|chef|lager|økonomi|pilot|reference|ark|udgave"
        r"|version|portal|licens|databl|træning)\w*"
        r"|\bfra (?:mig|os)\b|\bspørge[r]? \w+ om\b|\bretter\b|\boprett(?:e|er|et)\b|\bsag hos\b"
        r"|\b(?:send|mail|bestil|book|indkald|inviter|undersøg|kontakt|opret|scann|rett|opdater|annuller"
        r"|bekræft|ret"
        r"|fremsend|videresend|reserver)(?:e|er|ere|erer|te|et)?\b"
        r"|\bring(?:e|er) (?:jeg |vi )?(?:lige |så |også |nok |straks )*(?:(?:til )?(?:dig|jer|ham|hende|dem)\b"
        r"|tilbage\b)"
        r"|\bring(?:e|er) (?:jeg |vi )?(?:lige |så |nok )*igen (?:i morgen|i næste uge|næste \w+dag|på \w+dag)\b"
        r"|\bring(?:e|er) til \w+|\bvende[r]? (?:jeg |vi )?tilbage\b|\bfølge[r]? (?:jeg |vi )?op\b"
        r"|\bsørge[r]? (?:jeg |vi )?for,? at\b"
        r"|\b(?:spørge|tale|snakke|vende)[r]? (?:jeg )?(?:det |den )?(?:med )?(?:min|vores|tegnestuen|ledelsen"
        r"|bestyrelsen|teknik\w*|økonomi\w*|lageret)\b"
        r"|\bgiver? (?:jeg )?(?:dig|jer) (?:besked|svar|lyd)"
        r"|\b(?:skriver?|giver?) (?:jeg )?(?:til )?(?:dig|jer|ham|hende)\b"
    ),
)
