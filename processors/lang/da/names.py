"""Danish words around names of companies and products: data of `processors.analysis.names`."""

from typing import Final

from processors.lang import word_set
from processors.lang.schema import NameContext

_BRAND_VERBS: Final = word_set("tilbyder sælger lancerer lancerede koster leverer understøtter")
CONTEXT: Final = NameContext(
    phrase=(
        r"\b(?:vi|de|i) (?:bruger|anvender|benytter|kører)(?: også| allerede| stadig| nu)?"
        r"|\bskifte[rt]? (?:til|fra)|\bgået over til|\bopgav|\bintegration (?:til|med)"
        r"|\b(?:tilbud|ringer) fra|\b(?:firmaet|leverandøren|konkurrenten|systemet|løsningen)"
        r"|\b(?:der|system(?:et)?|løsning(?:en)?|firma(?:et)?|program(?:met)?|leverandør(?:en)?) hedder"
    ),
    phrase_end=r" (?:en|et|det|den)",
    cues=word_set(
        "bruger anvender benytter kører skifte skifter skiftet gået opgav fra hedder firmaet leverandøren konkurrenten"
        " systemet løsningen integration"
    ),
    inside=frozenset(),
    use=word_set(
        "bruger brugte købte køber har haft kører hedder prøvet prøvede skiftet skiftet anvender benytter vælge vælger"
        " valgte valgt overvejer overvejede foreslog foreslår opgav opgive fik fået får bestilt integrere"
    ),
    after_use=word_set("fra til"),
    from_=word_set("fra hos"),
    versus=word_set("konkurrent konkurrenten konkurrenter leverandør leverandøren firmaet virksomheden end"),
    versus_pairs=frozenset(),
    with_=word_set("med af"),
    and_=word_set("og eller"),
    on=word_set("på"),
    at=word_set("til"),
    about=word_set("om"),
    in_=word_set("i ved nær"),
    determiners=word_set(
        "en et min mit mine din dit jeres vores deres hans hendes den det denne dette nye ny"
    ),
    greetings=word_set("hej hallo kære tak hr fru"),
    introductions=frozenset({("jeg", "hedder")}),
    brand_verbs=_BRAND_VERBS,
    verbs=_BRAND_VERBS | word_set("er var har havde kan kunne vil ville gav giver fik får siger bruger"),
    conjunctions=word_set("og eller samt"),
)
