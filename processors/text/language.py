"""Which language a text is in, told cheaply by its function words: for events that do not say.

Danish and English are what this product analyses; other languages matter only as not being those, so that they get
no sentiment instead of a wrong one. Written words of the languages around Denmark and of the large ones of Europe are
known, other alphabets by their letters.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain
from operator import itemgetter
from typing import Final

from processors.text.cache import Memo
from processors.text.sentences import chunks

UNDETERMINED: Final = "und"
"""BCP 47's tag for a language that is none of ours and that cannot be named."""

_CHARACTERS_READ: Final = 600
"""The beginning is enough, however long the text is."""
_HOME_EVIDENCE: Final = 2
_FOREIGN_EVIDENCE: Final = 3
_FOREIGN_LEAD: Final = 3
"""Different words that a language needs, and how many more a foreign one needs than Danish or English: to be wrong
about it costs a call its sentiment, and Norwegian shares most of its short words with Danish."""
_OTHER_ALPHABET_EVIDENCE: Final = 8
_LAST_LATIN_LETTER: Final = "\u024f"
_NOT_LATIN: Final = re.compile("[^\0-\u024f]")

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

_FUNCTION_WORDS: Final = {
    "da": """
        og i jeg det at en den til er som på de med han af for ikke der var mig sig men et har om vi min havde ham hun
        nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev kunne ind når være dog
        noget ville jo deres efter ned skulle denne end dette mit også under have dig hende mine alt meget mod disse
        hvis din nogle hos blive mange bliver hendes været jer sådan tak nej hej godt lige altså ikk bare kan går gør
        siger gerne måske okay derfor jeres fordi faktisk selvfølgelig tror synes ved nogen nok vores uden igen allerede
        kommer få får hvordan hvornår hvorfor to tre ja så hvilken hvem kun lidt mere helt rigtig
        """,
    "en": """
        the be to of and a in that have i it for not on with he as you do at this but his by from they we say her she
        or an will my one all would there their what so up out if about who get which go me when make can like no just
        him know take into your good some could them see other than then now look only come its over think also back
        after how our work first well way even want because any these give most us is are was were been has had did
        don't i'm it's that's yes okay thanks thank please hello hi yeah uh um sure right going really great let
        does didn't we're you're i'll we'll can't where why here more very much those
        """,
    "sv": """
        och det att i en jag hon som han på den med var sig för så till är men ett om hade de av mig du henne då sin nu
        har inte hans honom skulle hennes där min man ej vid kunde något från ut när efter upp vi dem vara vad över än
        dig kan sina här ha mot alla under någon eller allt mycket sedan ju denna själv detta åt utan varit hur ingen
        mitt ni bli blev oss din dessa några deras blir mina er vår inom mellan varför varje ditt vem vilket våra tack
        ja nej hej också bara ska måste
        """,
    "no": """
        og i jeg det at en et den til er som på de med han av ikke der så var meg seg men har om vi min mitt ha hadde
        hun nå over da ved fra du ut sin dem oss opp man kan hans hvor eller hva skal selv her alle vil bli ble blitt
        kunne inn når være kom noen noe ville dere deres kun ja etter ned skulle denne for deg sine sitt mot å hvorfor
        dette disse uten hvordan ingen din ditt blir samme mellom vår hver hvem hvis både bare enn fordi før mange også
        slik vært takk veldig mye nei hei
        """,
    "de": """
        der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat
        dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis
        mehr durch man sein wurde ich wir ihr mich mir dir uns ja nein danke bitte gut was wo wenn dann kann können habe
        sehr schon da doch ihnen
        """,
    "nl": """
        de en van ik te dat die in een hij het niet zijn is was op aan met als voor had er maar om hem dan zou of wat
        mijn dit zo door over ze zich bij ook tot je mij uit daar haar naar heb hoe heeft hebben deze u want nog zal me
        zij nu geen omdat iets worden toch al waren veel meer doen toen moet ben zonder kan hun dus ja hier wie werd
        altijd wordt kunnen ons tegen wil kon niets uw bedankt dank goed graag we
        """,
    "fr": """
        de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son je vous
        nous mais ou c'est oui non merci bonjour très j'ai être fait tout elle on cette ça si mon votre notre bien
        """,
    "es": """
        de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí porque esta
        cuando muy sin sobre también me hasta hay donde quien desde todo nos gracias hola está es yo usted son tiene
        """,
    "it": """
        di che è la il un non per una sono mi ho ma lo ha le si ti con cosa se io come da ci no questo qui sei del bene
        grazie della alla anche più gli nel perché molto
        """,
    "pt": """
        de que não o a é do da em um para com uma os no se na por mais as dos como mas ao ele das tem à seu sua ou ser
        quando muito nos já está eu também só pelo pela até isso ela obrigado você
        """,
    "pl": "nie to się w na z że jest do i co jak ale tak za dla czy dziękuję od po był są tego jego mnie już ja pan",
    "fi": "ja on ei se että oli hän mutta ovat kun niin minä sinä tämä mitä kuin joka olen ole myös kiitos hyvä vain",
}
_LETTERS: Final = {
    "æ": ("da", "no"),
    "ø": ("da", "no"),
    "ä": ("sv", "de", "fi"),
    "ö": ("sv", "de", "fi"),
    "ß": ("de",),
}


def _languages_by_word() -> dict[str, tuple[str, ...]]:
    languages: defaultdict[str, list[str]] = defaultdict(list)
    for language, words in _FUNCTION_WORDS.items():
        for word in dict.fromkeys(words.split()):
            languages[word].append(language)
    return {word: tuple(spoken) for word, spoken in languages.items()}


_LANGUAGES: Final = _languages_by_word()

_DANISH: Final = 1
"""Of a word, as the bits below: it tells of this language."""
_ENGLISH: Final = 2
_FOREIGN: Final = 4  # any other one


def detect(text: str) -> str | None:
    """The language of `text`: "da", "en", another ISO 639-1 code, or "und" for one in another alphabet.

    None when the text is too little, or too much of two languages, to tell.
    """
    beginning = text[:_CHARACTERS_READ]
    if not beginning.isascii() and _is_other_alphabet(beginning):
        return UNDETERMINED
    telling = {word: tells for chunk in chunks(beginning) for word, tells in _telling_words(chunk)}
    danish = english = foreign = 0
    for tells in telling.values():
        danish += tells & _DANISH != 0
        english += tells & _ENGLISH != 0
        foreign += tells & _FOREIGN != 0
    # No foreign language has more words than all of them together: mostly these are too few already.
    if foreign > danish and foreign >= english:
        language, most = _most_spoken(telling)
        if most >= _FOREIGN_EVIDENCE and most - max(danish, english) >= _FOREIGN_LEAD:
            return language
        if most > danish and most >= english:
            return None
    if danish == english or max(danish, english) < _HOME_EVIDENCE:
        return None
    return "da" if danish > english else "en"


def _most_spoken(words: Iterable[str]) -> tuple[str, int]:
    """The foreign language that most of the words tell of, and how many do."""
    evidence = Counter(chain.from_iterable(map(_spoken_in, words)))
    del evidence["da"], evidence["en"]
    return max(evidence.items(), key=itemgetter(1))


def _spoken_in(word: str) -> tuple[str, ...]:
    """The languages that have `word` as a function word, or that alone have one of its letters."""
    if word.isascii() or word in _LANGUAGES:
        return _LANGUAGES.get(word, ())
    return next((languages for letter, languages in _LETTERS.items() if letter in word), ())


def _telling(chunk: str) -> tuple[tuple[str, int], ...]:
    """The words of a chunk that tell of languages, each with the bits of these."""
    words = _WORD.findall(chunk.lower().replace("’", "'"))
    return tuple([(word, tells) for word in words if (tells := _tells(_spoken_in(word)))])


def _tells(languages: tuple[str, ...]) -> int:
    danish, english = "da" in languages, "en" in languages
    return _DANISH * danish | _ENGLISH * english | _FOREIGN * (len(languages) > danish + english)


_telling_words: Final = Memo(_telling).__getitem__


def _is_other_alphabet(text: str) -> bool:
    """Whether most letters of `text` are not Latin."""
    if _NOT_LATIN.search(text) is None:
        return False
    letters = [character for character in text if character.isalpha()]
    others = sum(letter > _LAST_LATIN_LETTER for letter in letters)
    return others >= _OTHER_ALPHABET_EVIDENCE and 2 * others > len(letters)
