"""How Danish promises: the grammar of `processors.analysis.action_items`."""

from typing import Final

from processors.lang import word_set
from processors.lang.schema import Deed, PromiseGrammar

# "Jeg følger op", "så følger jeg op".
OUR_DEEDS: Final = (
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
        "sendt|lavet|booket|undersøgt|tjekket|oprettet|styr på|rettet|ordnet|opdateret|afklaret|set på",
        "få",
    ),
    Deed("finder", "en løsning", "finde en løsning|få til at"),
)
MY_DEEDS: Final = (
    Deed("finder", "ud af", "finde ud af|finde (?:det|den|de|et|en)"),
    Deed("skriver", "til|på|dig|jer|en mail|ned|ind|under", "skrive"),
    Deed("siger", "til|videre", "sige (?:det )?til"),
    Deed("laver", "(?:et|en|jeres|dit|din) [\\w-]+", "lave (?:et|en|jeres|dit)"),
    Deed("kigger|ser", "på det|på den|på sagen|nærmere", "kigge på|se på"),
    Deed(
        "taler|snakker",
        "med (?:min|vores|ham|hende|dem|teknik\\w*|økonomi\\w*|lageret)",
        "tale med|snakke med",
    ),
    Deed("spørger", "ham|hende|dem|min|vores|teknik\\w*|lageret|internt", "spørge"),
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
    speakers=word_set("jeg vi mig"),
    deeds=frozenset(
        first
        for deed in (*OUR_DEEDS, *MY_DEEDS)
        for phrase in f"{deed.present}|{deed.infinitive}".split("|")
        for first in phrase.split()[:1]
    )
    | word_set("gør klarer tager"),
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
)
