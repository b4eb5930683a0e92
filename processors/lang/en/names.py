"""English words around names of companies and products: data of `processors.analysis.names`."""

from typing import Final

from processors.lang import word_set
from processors.lang.schema import NameContext

_BRAND_VERBS: Final = word_set(
    "offers offered charges charged sells sold announced launches launched releases released costs makes provides"
    " delivers supports acquired"
)
CONTEXT: Final = NameContext(
    phrase=(
        r"\b(?:we|they|i|you|people|everyone)(?: also| now| already| still| currently)? use|\busing"
        r"|\b(?:switched|moved|migrated|changed)(?: over)? (?:to|from)|\bgave up on|\bintegration (?:with|to)"
        r"|\b(?:company|tool|product|system|vendor|supplier|provider|competitor)(?: is| was)? called"
        r"|\b(?:competitor|vendor|provider|supplier)(?: is| was)?|\b(?:quote|offer|calling|here) from"
    ),
    phrase_end=r" (?:the|a|an)",
    cues=word_set(
        "use using switched moved migrated changed gave integration from called competitor vendor provider supplier"
    ),
    inside=word_set("of the for"),
    use=word_set(
        "use uses used using buy buys bought buying own owns install installed installing run runs running try tried"
        " trying download downloaded play played playing drive drives drove wear wears switched moved migrated love"
        " loved like likes recommend prefer called named have has get gets getting choose chose chosen choosing suggest"
        " suggested consider considering integrate connect"
    ),
    after_use=word_set("the to from"),
    from_=word_set("from"),
    versus=word_set("versus vs than like competitor competitors vendor supplier provider"),
    versus_pairs=frozenset({("compared", "to")}),
    with_=word_set("with by via"),
    and_=word_set("and or"),
    on=word_set("on"),
    at=word_set("at to of"),
    about=word_set("about for"),
    in_=word_set("in near visit visiting"),
    determiners=word_set("a an my your our his her their this that these those new old"),
    greetings=word_set(
        "hi hey hello dear thanks thank bye goodbye morning mr mrs ms dr prof name's i'm it's"
    ),
    introductions=frozenset({("name", "is"), ("thank", "you")}),
    brand_verbs=_BRAND_VERBS,
    verbs=_BRAND_VERBS | word_set("is was has had can could will would does did gave gives got just"),
    conjunctions=word_set("and or"),
)
