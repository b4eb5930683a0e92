"""Danish words that the rules of sentiment know by role: data of `processors.analysis.sentiment`."""

from typing import Final

from processors.lang import word_set

NEGATIONS: Final = word_set(
    "ikke ik ikk aldrig ingen intet ingenting hverken uden næppe sjældent trods manglende nul mindre færre"
)
NO_NEGATIONS: Final = frozenset(
    {"ikke kun", "ikke bare", "ikke blot", "ikke alene", "ikke mindst", "uden for"}
)
POSTPOSED: Final = word_set("ikke ik ikk aldrig")
FINITE_ENDINGS: Final = ("r", "s", "de", "te")
"""How a finite verb ends; its negation stands behind it."""
STRONGER: Final = word_set(
    """
    meget rigtig rigtigt virkelig helt vildt ekstremt utrolig utroligt særdeles yderst enormt total totalt
    fuldstændig fuldstændigt ualmindelig ualmindeligt usædvanlig usædvanligt overordentlig særlig særligt så ret
    ganske langt endnu mere mest dybt kæmpe alt absolut simpelthen vanvittig vanvittigt ekstra bare sindssygt
    pisse skide mega hamrende
    """
)
WEAKER: Final = word_set(
    "lidt noget nogenlunde næsten knap delvist smule anelse måske nok rimelig rimeligt sådan"
)
REMOVERS: Final = word_set(
    """
    reducere reducerer reduceret undgå undgår undgik slippe slipper slap løse løser løste løst forebygge
    forebygger forhindre forhindrer forhindret mindske mindsker mindsket nedbringe nedbringer minimere
    minimerer fjerne fjerner fjernet stoppe stopper bekæmpe bekæmper
    """
)
BUT: Final = "men"
MODALS: Final = word_set("kan kunne vil ville må måtte skal skulle ved vidste tør tror gider burde bør")
PRONOUNS: Final = word_set("jeg du han hun den det vi i de man der mig dig ham hende os jer dem sig")
ADVERBS: Final = word_set("da jo nu også sagtens nok ikke selv altid bare lige egentlig alligevel")

ANSWERS: Final = word_set(
    """
    tak undskyld beklager ja jo nej næ nå nåh javel jamen okay ok fint godt fin helt klart præcis netop nemlig rigtigt
    korrekt sikkert selvfølgelig naturligvis bestemt absolut mhm mm hm hmm øh øhm ah og så lige altså
    """
)
"""A sentence of nothing else is an answer or a backchannel, without feeling."""

SENTENCE_ADVERBS: Final = word_set("desværre ærgerligt beklageligvis")
"""Words about a whole sentence, which nothing in it negates."""
