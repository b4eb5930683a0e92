"""Finds the sentences that ask, open ("hvad koster det") and closed ("kan du sende den"), Danish and English.

Speech-to-text often leaves out the question mark, so a sentence also asks by its word order: a question word or
a verb in front of its subject where a clause begins. Rules, no model; what they reach stands in
docs/accuracy.md. Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice, pairwise, product
from typing import Final, Literal, NamedTuple

from processors.analysis.trackers import primary_language
from processors.text.cache import Memo
from processors.text.sentences import chunks, may_end_sentence, sentences

Kind = Literal["open", "closed"]


class Question(NamedTuple):
    """A sentence that asks; `start` is its first character's offset in the text.

    An open question has a question word or cannot be answered by yes or no; a closed one can, or offers a choice.
    """

    sentence: str
    start: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """How many sentences ask, by kind."""

    open: int
    closed: int


def count_questions(text: str, language: str | None) -> QuestionCount:
    """How many sentences of `text` ask; see `find_questions`."""
    kinds = [question.kind for question in find_questions(text, language)]
    return QuestionCount(kinds.count("open"), kinds.count("closed"))


def find_questions(text: str, language: str | None) -> list[Question]:
    """The sentences of `text` that ask, in order.

    `language` is a BCP 47 tag. In another language than Danish and English, or when it is not known, only a
    question mark tells that a sentence asks, and all such count as closed.
    """
    spoken = primary_language(language) or ""
    grammar = _GRAMMARS.get(spoken)
    found: list[Question] = []
    if grammar is None:
        if "?" in text:
            for sentence, start in placed_sentences(text):
                if _is_marked(sentence):
                    found.append(Question(sentence, start, "closed"))
        return found
    if _may_ask(text, grammar, cues := _CUES[spoken]):
        for sentence, start in placed_sentences(text):
            if _may_ask(sentence, grammar, cues) and (kind := _kind(sentence, grammar)):
                found.append(Question(sentence, start, kind))
    return found


def placed_sentences(text: str) -> list[tuple[str, int]]:
    """The sentences of `text`, each with the offset of its first character."""
    placed = []
    end = 0
    for sentence in sentences(text):
        start = text.index(sentence, end)
        end = start + len(sentence)
        placed.append((sentence, start))
    return placed


@dataclass(frozen=True, slots=True)
class _Grammar:
    """How a language asks, in lower case.

    Words are looked up before a pattern is tried, since most sentences do not ask.
    """

    openings: frozenset[str]  # words in front of the clause that asks: "okay so ..."
    opening_pairs: frozenset[tuple[str, str]]  # pairs of words in front of it: "thank you, ..."
    question_words: frozenset[str]
    open_starts: frozenset[str]  # first words of clauses that `open_clause` may fit
    leads: frozenset[str]  # those of them that a question word or an open pair must follow: "in which"
    open_pairs: frozenset[tuple[str, str]]  # "i would like to know"
    open_clause: re.Pattern[str]
    open_anywhere: re.Pattern[str]  # with a question word; sure enough to be believed in mid-sentence
    closed_starts: Memo[bool]  # whether `closed_clause` may fit clauses with this first word
    closed_clause: re.Pattern[str]
    closed_pairs: Mapping[
        tuple[str, str], frozenset[str]
    ]  # believed in mid-sentence, before these words (none: any)
    no_question_after: frozenset[str]  # a word that makes a statement of a closed pair: "so do I"
    tags: frozenset[tuple[str, str]]  # last two words: "isn't it"
    last_words: frozenset[str]  # last word, behind a comma: ", right"
    statement: re.Pattern[str]  # a clause that only looks like a question; a question mark overrules it
    request: re.Pattern[
        str
    ]  # with a question mark: cannot be answered by yes or no although no question word leads


_TOKEN: Final = re.compile(r"[\w'-]+")
_PLACEHOLDER: Final = re.compile(r"\[\w+\]")

_ASKS: Final = 1
"""Of a chunk, as the bits below: its sentence may ask, wherever in it the chunk stands."""
_OPENS: Final = 2
"""It may stand in front of the clause that asks."""
_STARTS: Final = 4
"""A clause that begins with it may ask."""
_PAIR_FIRST: Final = 8
_PAIR_SECOND: Final = 16
_LAST: Final = 32
"""A sentence that ends with it may ask."""
_ENDS: Final = 64
"""It may end a sentence."""


def _may_ask(text: str, grammar: _Grammar, cues: Memo[int]) -> bool:
    """Whether a sentence of `text` may ask, as far as its chunks tell."""
    begins = _ENDS
    before = 0
    previous = ""
    for chunk in chunks(text):
        cue = cues[chunk]
        if cue & _ASKS or (begins and cue & _STARTS):
            return True
        if cue & _PAIR_SECOND and before & _PAIR_FIRST and _is_pair(previous, chunk, grammar):
            return True
        begins = cue & _ENDS or (begins and cue & _OPENS)
        before = cue
        previous = chunk
    return before & _LAST != 0


def _start_cue(grammar: _Grammar, tokens: list[str]) -> int:
    """The bits _OPENS and _STARTS of a chunk of these words."""
    for token in tokens:
        if token in grammar.openings:
            continue
        if (token in grammar.open_starts and token not in grammar.leads) or grammar.closed_starts[token]:
            return _STARTS
        if not any(token in pair for pair in grammar.opening_pairs):
            return 0
    return _OPENS


def _is_pair(previous: str, chunk: str, grammar: _Grammar) -> bool:
    pair = (_TOKENS[previous][-1], _TOKENS[chunk][0])
    return pair in grammar.closed_pairs or pair in grammar.tags or pair in grammar.open_pairs


def _cue(grammar: _Grammar, chunk: str) -> int:
    """The bits of a chunk."""
    tokens = _TOKENS[chunk]
    if not tokens:
        return _ASKS  # it may stand between any two words
    first, last = tokens[0], tokens[-1]
    ends = may_end_sentence(chunk)
    pairs = grammar.closed_pairs.keys() | grammar.tags | grammar.open_pairs
    may_be_last = last in grammar.last_words
    asks = (
        "?" in chunk
        or any(token.startswith(tuple(grammar.question_words)) for token in tokens)  # "who", "who'd"
        or not pairs.isdisjoint(pairwise(tokens))
        or (ends and may_be_last)
    )
    return (
        _ASKS * asks
        | _start_cue(grammar, tokens)
        | _PAIR_FIRST * any(last == one for one, _ in pairs)
        | _PAIR_SECOND * any(first == two for _, two in pairs)
        | _LAST * may_be_last
        | _ENDS * ends
    )


def _kind(sentence: str, grammar: _Grammar) -> Kind | None:
    """How the sentence asks, None when it does not."""
    marked = _is_marked(sentence)
    tokens = [token for chunk in chunks(sentence) for token in _TOKENS[chunk]]
    first = _clause_start(tokens, grammar)
    if first == len(tokens):
        return "closed" if marked else None
    word = tokens[first]
    clause = " ".join(tokens[first:])
    may_be_open = word in grammar.open_starts
    may_be_closed = grammar.closed_starts[word]
    kind: Kind
    if may_be_open and grammar.open_clause.match(clause):
        kind = "open"
    elif may_be_closed and grammar.closed_clause.match(clause):
        kind = "closed"
    elif not grammar.question_words.isdisjoint(tokens) and grammar.open_anywhere.search(clause):
        kind = "open"
    elif _has_closed_pair(tokens, grammar) or _has_tag(sentence, tokens, grammar):
        kind = "closed"
    elif marked:
        return "open" if grammar.request.match(clause) else "closed"
    else:
        return None
    if not marked and (may_be_open or may_be_closed) and _is_statement(sentence, first, grammar):
        return None
    return kind


def _is_marked(sentence: str) -> bool:
    return "?" in sentence[-3:]


def _is_statement(sentence: str, first: int, grammar: _Grammar) -> bool:
    """Whether the clause that begins with the token numbered `first` only looks like a question."""
    lower = _lower(sentence)
    begin = next(islice(_TOKEN.finditer(lower), first, None)).start()
    return grammar.statement.match(lower, begin) is not None


def _lower(text: str) -> str:
    """The text in the form that grammars are written in, without what masking left."""
    lower = text.lower().replace("’", "'")
    return _PLACEHOLDER.sub("", lower) if "[" in lower else lower


_TOKENS: Final = Memo(lambda chunk: _TOKEN.findall(_lower(chunk)))
"""The words of a chunk in lower case."""


def _clause_start(tokens: list[str], grammar: _Grammar) -> int:
    """The place of the first token that is no opening."""
    at = 0
    while at < len(tokens):
        if tokens[at] in grammar.openings:
            at += 1
        elif at + 1 < len(tokens) and (tokens[at], tokens[at + 1]) in grammar.opening_pairs:
            at += 2
        else:
            break
    return at


def _has_closed_pair(tokens: list[str], grammar: _Grammar) -> bool:
    for at in range(len(tokens) - 1):
        following = grammar.closed_pairs.get((tokens[at], tokens[at + 1]))
        if following is None or (at and tokens[at - 1] in grammar.no_question_after):
            continue
        if not following or not following.isdisjoint(tokens[at + 2 : at + 3]):
            return True
    return False


def _has_tag(sentence: str, tokens: list[str], grammar: _Grammar) -> bool:
    if tokens[-1] in grammar.last_words:
        return _lower(sentence).rstrip(" .!?").removesuffix(tokens[-1]).rstrip().endswith(",")
    return tuple(tokens[-2:]) in grammar.tags


def _words(text: str) -> str:
    """An alternation of the words of `text`."""
    return "|".join(text.split())


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _compile(pattern: str, parts: dict[str, str]) -> re.Pattern[str]:
    """`pattern` with <name> replaced by that part; a part may use those that stand before it."""
    for name in reversed(parts):
        pattern = pattern.replace(f"<{name}>", f"(?:{parts[name]})")
    return re.compile(pattern)


def _memo_of(pattern: re.Pattern[str]) -> Memo[bool]:
    """Whether `pattern` fits a word."""
    return Memo(lambda word: pattern.fullmatch(word) is not None)


def _pairs(firsts: str, seconds: str, thirds: str = "") -> dict[tuple[str, str], frozenset[str]]:
    return dict.fromkeys(product(firsts.split(), seconds.split()), frozenset(thirds.split()))


_EN: Final = {
    "wh": _words("what when where who whom whose why how which"),
    "be": "(?:is|are|was|were)(?:n't)?",
    "aux": "(?:do|does|did|can|could|would|will|should|have|has|had|might|must)(?:n't)?|can't|won't|shall|may|am",
    "person": _words("i you we they he she"),
    "thing": _words("it that this these those there"),
    "article": _words("the a an your my our his her their its any some all both"),
    "someone": _words("anyone anybody anything someone somebody something everyone everybody everything"),
    "subject": "<person>|<thing>|<article>|<someone>",
    "contracted": _words(
        "i'm you're we're they're it's that's there's i'll you'll we'll they'll i've you've we've"
    ),
}
_ENGLISH: Final = _Grammar(
    openings=_set(
        "okay ok dokey okey alright right so and but or then now well um umm uh uhh er erm hm hmm mhm mm oh ah yes yeah"
        " yep yup no nope sure great perfect good cool nice wonderful excellent fine hi hello hey sorry thanks please"
        " just also actually anyway like first because 0 00 000"
    ),
    opening_pairs=frozenset(
        {
            ("all", "right"),
            ("thank", "you"),
            ("you", "know"),
            ("i", "mean"),
            ("excuse", "me"),
            ("quick", "question"),
            ("sounds", "good"),
            ("got", "it"),
        }
    ),
    question_words=_set("what when where who whom whose why how which"),
    open_starts=_set(
        "what when where who whom whose why how which what's where's who's how's when's why's what're whats wheres"
        " whos hows how'd where'd what'd what'll in on for at by with to from of about tell walk talk help i i'd"
    ),
    leads=_set("in on for at by with to from of about i"),
    open_pairs=frozenset({("i", "would")}),
    open_clause=_compile(
        r"(?:(?:in|on|for|at|by|with|to|from|of|about) )?(?:"
        r"(?:what|where|who|when|how|why)'?(?:s|re|d|ll)\b|what (?:if|about|what)\b|how (?:about|come)\b|why not\b"
        r"|<wh> (?!(?:<subject>|<contracted>) )(?:[\w'-]+ ){0,5}?(?:<aux>|<be>) (?:not )?(?:<subject>)\b"
        r"|(?:what|where|who|when|how|why|whose) (?:<be>)\b"
        r"|(?:what|who) (?:will|would|can|could|should|might|does|did|do|has|else)\b"
        r"|what (?:happened|happens|brings|brought|makes|made|kind|type|sort)\b"
        r"|how (?:many|much|long|often|far|soon|big|large|old|fast)\b|which (?:one|ones|of)\b)"
        r"|(?:tell|walk|talk) (?:me|us) (?:[a-z]+ ){0,3}?(?:about|through|<wh>)\b|help (?:me|us) understand"
        r"|i(?:'d| would) (?:really |just )?(?:like|love) to (?:know|hear|understand) (?:more|about|<wh>)\b",
        _EN,
    ),
    open_anywhere=_compile(
        r"\b<wh> (?!(?:<subject>|<contracted>) )(?:[\w-]+ ){0,3}?(?:<aux>|<be>) (?:<person>|it)\b"
        r"|\bwhich one(?:'s| is| are| would| do)\b|\bwondering (?:<wh>)\b",
        _EN,
    ),
    closed_starts=_memo_of(_compile(r"<aux>|<be>|anyone|anybody", _EN)),
    closed_clause=_compile(
        r"(?:<be>|does|did|has|will|would|could|can|should|shall)(?:n't)? (?:not )?(?:<subject>)\b"
        r"|(?:can't|won't|didn't|doesn't) (?:<subject>)\b|(?:do|don't|have|haven't|had|might|must|am) (?:<person>)\b"
        r"|may (?:i|we)\b|do any of\b|any(?:one|body) (?:know|knows|else|want|wants|going|have|has|tried|seen)\b",
        _EN,
    ),
    closed_pairs=_pairs("do did can could would will shall don't can't couldn't wouldn't", "you we i they")
    | _pairs("should", "we i they")
    | _pairs("have are", "you")
    | _pairs("is", "there", "any a some another")
    | _pairs("is", "that", "right correct okay ok fine")
    | _pairs("does would will", "that this")
    | _pairs("wondering wonder curious", "if whether")
    | _pairs("to", "know", "if whether"),
    no_question_after=_set(
        "i so as to nor we he you they than she that who only ever how it what if neither never would could will should"
        " can may might must where when why let"
    ),
    tags=frozenset(
        _pairs(
            "isn't aren't doesn't don't didn't wasn't won't can't couldn't wouldn't haven't hasn't",
            "it you they he she we that",
        )
    ),
    last_words=frozenset({"right", "correct", "huh", "eh"}),
    statement=_compile(
        r"which (?:is|was|are|were|means)\b|should you (?:need|have|wish|want|find|require)\b|had <person>\b"
        r"|(?:<aux>|<be>) (?:i|we|they)\W*$"
        r"|what (?:is|was) (?:important|more|interesting|great|nice|good)\b|how (?:many|much|long|often|far),",
        _EN,
    ),
    request=re.compile(
        r"(?:please )?(?:give|tell|describe|explain|name|spell|list|walk)\b|(?:what|how|why|when|where|who)\b"
        r"|(?:your|the) (?!.*\b(?:is|are|was|were|has|have|will|can|does|do)\b)"
        r"|.*\bplease$"
    ),
)

_DA: Final = {
    "wh": _words("hvad hvem hvor hvornår hvordan hvorfor hvorhen hvorledes hvilken hvilket hvilke"),
    "past": _words(
        "var havde kunne ville skulle måtte burde turde gjorde fik blev kom gik sagde fandt tog gav bad lod"
    ),
    "no_verb": _words(
        "når før efter her der hver eller over under for hvor mere flere færre større mindre desværre herefter derefter"
        " udover bedre sommer vinter heller aller sikker klar især allerede dette sidste første håber"
    ),
    "verb": r"(?!(?:<no_verb>)(?!\w))(?:kan|skal|vil|må|ved|tør|gad|<past>|\w{2,}r|er|\w{3,}(?:ede|te))s?",
    "person": _words("jeg du vi de han hun man"),
    "thing": _words(
        "det den der dette dit din dine jeres vores mit min hans hendes deres nogen noget nogle alle en et"
    ),
    "says": _words("siger tænker tror synes mener sagde tænkte mente spørger spurgte forklarer fortæller"),
    "modal": _words(
        "er var har havde kan kunne vil ville skal skulle må bliver blev får fik kommer gør går passer"
    ),
}
_DANISH: Final = _Grammar(
    openings=_set(
        "okay ok og men eller ja jo nej jamen næ altså øh øhm øhh nå nåh hm hmm mhm mm hej hallo goddag godmorgen"
        " godt fint super perfekt fedt dejligt tak undskyld for bare lige hør"
    ),
    opening_pairs=frozenset(
        {("mange", "tak"), ("tusind", "tak"), ("prøv", "lige"), ("sig", "mig"), ("et", "spørgsmål")}
    ),
    question_words=_set("hvad hvem hvor hvornår hvordan hvorfor hvorhen hvorledes hvilken hvilket hvilke"),
    open_starts=_set(
        "hvad hvem hvor hvornår hvordan hvorfor hvorhen hvorledes hvilken hvilket hvilke så på i til for med af fra om"
        " efter under hos fortæl beskriv forklar prøv"
    ),
    leads=_set("så på i til for med af fra om efter under hos"),
    open_pairs=frozenset(),
    open_clause=_compile(
        r"(?:så |så er spørgsmålet )?(?:(?:på|i|til|for|med|af|fra|om|efter|under|hos) )?(?:"
        r"(?:hvad|hvem|hvor|hvornår|hvordan|hvorfor|hvorhen|hvorledes) (?:<verb>)\b"
        r"|hvor (?:meget|mange|længe|lang|langt|stor|stort|store|ofte|gammel|gamle|hurtigt|dyrt|høj|højt|tit)\b"
        r"|hvad (?:med|så|for|hedder|mon)\b|hvorfor ikke\b|hvordan med\b"
        r"|(?:hvilken|hvilket|hvilke) (?!(?:<person>|i) )(?:[\w-]+ ){1,3}?(?:<verb>)\b)"
        r"|(?:fortæl|beskriv|forklar) (?:lige |gerne |lidt )*(?:mig|os|om|for|hvad|hvor|lidt)\b"
        r"|prøv at (?:fortælle|forklare|beskrive)\b",
        _DA,
    ),
    open_anywhere=_compile(
        r"\b(?:hvad|hvem|hvornår|hvordan|hvorfor|(?:hvilken|hvilket|hvilke) [\w-]+|hvor(?: \w+){0,2}?)"
        r" (?:<verb>) (?:<person>|i|det|den)\b|\b(?:vide|høre|spørge|forstå) (?:om )?<wh>\b",
        _DA,
    ),
    closed_starts=_memo_of(_compile(r"<verb>|mon", _DA)),
    closed_clause=_compile(
        r"(?!<says> (?!du|i))(?:<verb>) (?:ikke )?(?:<person>|det|den|der)\b|(?:<modal>) (?:<thing>)\b"
        r"|(?:er|kan|skal|vil|bliver|må) \w+(?:en|et|erne|ne)\b(?! \w+r\b)|mon\b"
        r"|(?!er |var )(?:<modal>|bruger|kender|siger|synes|tror|mener|ønsker|ved) (?:ikke )?i\b",
        _DA,
    ),
    closed_pairs=_pairs("kan", "du i", "fortælle sige sende hjælpe prøve huske give forklare bekræfte")
    | _pairs("har", "du i", "tid mulighed lyst hørt prøvet overvejet talt spørgsmål")
    | _pairs("vil", "du i", "have høre gerne sende")
    | _pairs("ved synes tror", "du")
    | _pairs("må", "jeg", "spørge høre få bede")
    | _pairs("gerne lige godt bare", "vide høre spørge", "om")
    | _pairs("gad", "vide"),
    no_question_after=_set("så nu her det den der og da dem derfor dag morgen kun jeg vi du han hun de"),
    tags=frozenset({("ikke", "sandt"), ("ikke", "også"), ("eller", "hvad")}),
    last_words=frozenset({"ikke", "vel", "hva", "eller", "ikk", "ik", "ikk'", "ik'"}),
    statement=_compile(
        r"hvad (?:angår|der)\b|hvor er (?:det|den|de) (?:bare )?(?!henne)\w+[te](?:\W*$|,? at\b)"
        r"|skal (?:du|i) (?:også |selv )?have\W*$"
        r"|(?:<verb>) [^,]*, (?:blot |så )?(?:<verb>|ring|kontakt|klik|læs|send|skriv)\b"
        r"|(?:<verb>) .*\bså (?:<verb>|ring|kontakt|klik|læs|send|skriv)\b",
        _DA,
    ),
    request=re.compile(
        r"(?:giv|fortæl|beskriv|forklar|nævn|stav|sig)\b|(?:dit|din|dine|jeres|hvad|hvor|hvem|hvornår|hvordan|hvorfor)\b"
        r"|(?:hvilken|hvilket|hvilke)\b"
    ),
)
_GRAMMARS: Final = {"en": _ENGLISH, "da": _DANISH}
_CUES: Final = {language: Memo(partial(_cue, grammar)) for language, grammar in _GRAMMARS.items()}
