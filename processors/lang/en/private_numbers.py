"""How English says phone numbers, addresses and what else is masked."""

from typing import Final

from processors.lang import word_row, word_set
from processors.lang.schema import NumberLabel, PrivateNumbers

CARD_LABEL: Final = r"(?:(?:credit|debit|bank|company|visa|business) )?card"

PRIVATE_NUMBERS: Final = PrivateNumbers(
    other_numbers={"oh": 0, "o": 0, "nought": 0, "naught": 0, "fourty": 40},
    ambiguous=word_set("one oh o"),
    ordinals=word_row(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
        " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twentyfirst twentysecond twentythird"
        " twentyfourth twentyfifth twentysixth twentyseventh twentyeighth twentyninth thirtieth thirtyfirst"
    ),
    other_ordinals={},
    months=word_row("january february march april may june july august september october november december"),
    hundreds=word_set("hundred"),
    repeats={"double": 2, "triple": 3, "treble": 3, "quadruple": 4},
    joiners=word_set(
        "and then dash hyphen minus space slash dot period uh um er erm hm so next of the last digits plus yeah"
        " yes okay ok"
    ),
    corrections=word_set("no sorry wait correction mean scratch oops wrong again pardon"),
    scales=word_set("thousand thousands hundreds million millions billion billions percent grand k"),
    units=(
        r"euros?|dollars?|bucks|pounds?|cents|percent|million\w*|billion\w*|thousand\w*|months?|years?|days?|weeks?|hours?"
        r"|minutes?|pieces|units|users?|licen[sc]es?|seats?|people|employees|times|customers|meters|metres|kilos|degrees"
        r"|square|miles|items|orders|calls|pages|dkk|eur|usd|gbp|grand"
    ),
    at_signs=("at sign", "at symbol"),
    dots=word_set("dot"),
    links=word_set("underscore dash hyphen minus plus"),
    address_cue=r"e-?mail\w*|mail\w*|address\w*|write|send|reach",
    phone_cue=(
        r"phone\w*|cell\w*|mobile|call(?:ing|back)?|number|reach|text|fax|dial|landline|direct|extension|ring|whatsapp"
    ),
    cpr_cue=r"cpr|personal number|born|birth",
    also_phone=r"(?:also|same|both)\W(?:[^.!?]{0,25}\W)?(?:phone|cell|mobile|number to call)",
    number=r"number|num|no",
    fillers=word_set(
        "number numbers no nr is was it's its it the on with are my your our that would be reads so uh um er yeah here"
        " and last four digits of ends ending starts in as follows card a s has are says"
    ),
    last="last",
    behind_last=word_set("digits numbers is are : ,"),
    last_digits=r"last (?:four|4)|end(?:s|ing) in",
    person_labels=r"customer|member(?:ship)?|patient|client|user|policy|insurance|student|employee|staff|id",
    reference_labels=(
        r"order|invoice|case|ticket|tracking|reference|ref|quote|po|sku|part|serial|item|product|version|model|contract"
        r"|booking|zip|room|vat|company|job|batch|purchase|shipment|parcel|supplier|vendor"
    ),
    card_label=CARD_LABEL,
    labels=(
        NumberLabel("[account]", r"(?:account|acct)", 6),
        NumberLabel("[account]", r"sort[ -]?code|routing|bsb|(?<!company )registration (?:number|no)", 4),
        NumberLabel("[passport]", r"passport", 6),
        NumberLabel("[licence]", r"(?:driver'?s?|drivers'|driving) ?licen[cs]e", 5),
        NumberLabel("[ssn]", r"social(?: security)?|ssn|national insurance|nino|ni (?:number|no)", 6),
        NumberLabel("[card]", r"cv[vc]2?|security code|digits on the back", 3),
        NumberLabel("[card]", CARD_LABEL, 13),
    ),
)
