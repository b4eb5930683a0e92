"""How Danes say phone numbers, addresses and what else is masked."""

from typing import Final

from processors.lang import word_row, word_set
from processors.lang.schema import NumberLabel, PrivateNumbers

CARD_LABEL: Final = r"(?:[a-zæøå]{3,10})?kort(?:et|nummer(?:et)?|nr|numret)?"

PRIVATE_NUMBERS: Final = PrivateNumbers(
    other_numbers={
        "et": 1, "én": 1, "ét": 1, "een": 1, "eet": 1, "treds": 60, "fyrretyve": 40, "halvtredsindstyve": 50,
        "tresindstyve": 60, "halvfjerdsindstyve": 70, "firsindstyve": 80, "halvfemsindstyve": 90,
        "femti": 50, "seksti": 60, "syvti": 70, "otti": 80, "niti": 90,
    },
    ambiguous=word_set("en et to ti ni fire"),
    ordinals=word_row(
        "første anden tredje fjerde femte sjette syvende ottende niende tiende ellevte tolvte trettende fjortende"
            " femtende sekstende syttende attende nittende tyvende enogtyvende toogtyvende treogtyvende fireogtyvende"
            " femogtyvende seksogtyvende syvogtyvende otteogtyvende niogtyvende tredivte enogtredivte"
    ),
    other_ordinals={
        "førstende": 1, "andet": 2, "ellefte": 11, "tredivete": 30, "enogtredivete": 31, "enogtredivende": 31,
        "tredivende": 30,
    },
    months=word_row("januar februar marts april maj juni juli august september oktober november december"),
    hundreds=word_set("hundrede hundred hundreder"),
    repeats={"dobbelt": 2, "dobbelte": 2, "double": 2, "trippel": 3, "tredobbelt": 3},
    joiners=word_set(
        "og så bindestreg tankestreg streg minus mellemrum skråstreg punktum derefter dernæst øh øhm hm ja altså plus"
        " i den de sidste cifre okay ok jo mhm"
    ),
    corrections=word_set("nej undskyld vent rettelse forkert mener forfra igen hov ups"),
    scales=word_set("tusind tusinde million millioner milliard milliarder mio mia procent"),
    units=(
        r"kr|kroner|øre|procent|mio|mia|million\w*|milliard\w*|tusind\w*|måneder?|år|dage?|uger?|timer?|minutter|stk|styks?"
        r"|stykker|brugere|licens\w*|mennesker|personer|medarbejdere|mand|gange|kunder|meter|kilo|grader|enheder|pladser"
        r"|kvadratmeter|kilometer|varer|ordrer|opkald|sider"
    ),
    at_signs=(
        "snabel a", "snabela", "snabel", "krøllealfa", "krølle alfa", "krøllealpha", "krølle alpha", "alfakrølle",
        "alfa krølle", "krølle a", "krøllea", "grisehale", "elefantsnabel", "at tegn", "at tegnet", "at-tegn",
    ),
    dots=word_set("punktum prik pkt"),
    links=word_set("bindestreg underscore understreg streg minus plus lavstreg"),
    address_cue=r"e-?mail\w*|mail\w*|adresse\w*|skriv\w*|send\w*",
    phone_cue=(
        r"tlf|tel|telefon\w*|mobil\w*|nummer(?:et)?|nr|ring(?:e|er|es)?|fang(?:e|er)|træf(?:fe|fer)|kald(?:e|er)?|sms\w*|fax\w*"
        r"|fastnet\w*|direkte"
    ),
    cpr_cue=r"cpr|personnummer|født|fødsels",
    also_phone=r"(?:også|samme|altså)\W(?:[^.!?]{0,25}\W)?(?:telefon\w*|mobil\w*|tlf|ringe?)",
    number=r"nummer(?:et)?|numret|nr",
    fillers=word_set(
        "nummer nummeret numret nr er det den var lyder hedder på kan være med altså øh øhm så som ja og her mit min"
        " jeres vores dit din sidste fire cifre de starter slutter ender har siger nemlig jo"
    ),
    last="sidste",
    behind_last=word_set("cifre tal er : , var"),
    last_digits=r"sidste (?:fire|4)|(?:slutter|ender) på",
    person_labels=r"kunde|medlems?|patient|klient|bruger|police|forsikrings?|studie|elev|medarbejder",
    reference_labels=(
        r"ordre|faktura|sags?|tilbuds?|serie|vare|produkt|cvr|ean|kontrakt|p|kl|klokken|post|følgeseddels?|fragt|pakke"
        r"|rekvisitions?|reference|bilags?|model|version|leverandør"
    ),
    card_label=CARD_LABEL,
    labels=(
        NumberLabel("[cpr]", r"cpr(?:nummer(?:et)?|nr|numret)?|person(?:nummer(?:et)?|nr|numret)|sygesikring\w*"
                             r"|sundhedskort\w*|sundhedsnummer\w*|fødselsnummer\w*", 6),
        NumberLabel(
            "[account]", r"(?:bank|løn|nem|opsparings|budget|drifts|firma)?konto(?:en|nummer(?:et)?|nr|numret)?", 6
        ),
        NumberLabel("[account]", r"reg(?:istrerings)?(?:nr|nummer(?:et)?|numret)?", 4),
        NumberLabel("[passport]", r"pas(?:set|nummer(?:et)?|nr|numret)?", 6),
        NumberLabel("[licence]", r"kørekort(?:et|s)?(?:nummer(?:et)?|nr|numret)?|førerbevis\w*", 6),
        NumberLabel("[ssn]", r"socialsikring\w*", 7),
        NumberLabel("[card]", r"sikkerhedskode\w*|kontrolcif\w*|kontrolkode\w*|cifre(?:ne)? på bagsiden", 3),
        NumberLabel("[card]", CARD_LABEL, 13),
    ),
)  # fmt: skip
