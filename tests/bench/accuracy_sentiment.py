"""How right sentiment and the detection of languages are; docs/accuracy.md holds the figures.

Run with `pytest -s`. Sentences are those of fnielsen/lcc-sentiment with a valence from somebody else, those of
tests/data/sentiment, and of what lies in `sentiment/` beside the real data: docs/accuracy.md says where from.
"""

import csv
import random
import re
import warnings
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import copysign, sqrt
from pathlib import Path
from statistics import mean

import pytest

from processors.analysis.sentiment import Sentiment, classify, compound, explain, segment_sentiment
from processors.analysis.sentiment.danish_lexicon import afinn_valences
from processors.analysis.sentiment.scale import to_compound
from processors.lang.da.sentiment import NEGATIONS
from processors.text.language import detect
from processors.text.sentences import words
from tests.support.real_text import call_segments, danish_sentences, posts

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the wheel's strings have invalid escapes
    from afinn import Afinn

Labelled = list[tuple[str, Sentiment]]

CLASSES: tuple[Sentiment, ...] = ("positive", "neutral", "negative")
FAINTNESS = (0.0, 0.5, 1.0, 1.5, 2.0)
"""What the threshold is chosen from: how large a sum of valences still counts as nothing."""
_NAMED: dict[str, Sentiment] = {name: name for name in CLASSES}
DATA = Path(__file__).resolve().parents[1] / "data" / "sentiment"
READ_COMPANIES = [
    "alfinans",
    "boksen",
    "contourdesign",
    "ferratumbank",
    "gamecastle",
    "jyskmobelfabrik",
    "komplett",
    "tapeconnection",
]
KEPT_COMPANIES = ["asos", "cdon", "eboligskoedet", "isports", "sas", "thyrep", "vestjyskbank"]
"""Danish reviews are of these: the lexicon was widened by what the first say, the others were only counted."""
REVIEWS = 1000
"""How many of each sign are drawn from a set of reviews."""
FOLDS = 10
SHUFFLES = 20


@pytest.fixture(scope="module")
def labelled(shared_data: Path) -> Labelled:
    sentences = [
        (text, classify(float(valence)))
        for text, valence in danish_sentences(shared_data)
        if valence is not None
    ]
    assert len(sentences) == 498
    return sentences


def with_threshold(text: str, faint: float) -> Sentiment:
    """The class of a Danish sentence if sums up to `faint` counted as nothing."""
    total = sum(found.valence for found in explain(text, "da", sales=False))
    if abs(total) <= faint:
        return "neutral"
    return classify(to_compound(total - copysign(faint, total), text))


def cross_validated(labelled: Labelled) -> list[float]:
    """Accuracy a shuffle, each sentence judged by the threshold that is best on the nine folds without it."""
    right = [[with_threshold(text, faint) == label for text, label in labelled] for faint in FAINTNESS]
    accuracies = []
    for seed in range(SHUFFLES):
        order = list(range(len(labelled)))
        random.Random(seed).shuffle(order)
        hits = 0
        for fold in range(FOLDS):
            held_out = order[fold::FOLDS]
            rest = set(order) - set(held_out)
            best = max(right, key=lambda column: sum(column[i] for i in rest))
            hits += sum(best[i] for i in held_out)
        accuracies.append(hits / len(labelled))
    return accuracies


def accuracy(judge: Callable[[str], Sentiment], labelled: Labelled) -> float:
    return mean(judge(text) == label for text, label in labelled)


def report(judge: Callable[[str], Sentiment], labelled: Labelled) -> None:
    judged = [(judge(text), label) for text, label in labelled]
    for name in CLASSES:
        found = sum(guess == name for guess, _ in judged)
        there = sum(label == name for _, label in judged)
        right = sum(guess == label == name for guess, label in judged)
        print(f"  {name:8} precision {right / found:.3f}, recall {right / there:.3f} of {there}")


def negating(valences: Mapping[str, float], text: str) -> Sentiment:
    """AFINN with nothing but negation: "ikke", "ingen" and the like turn the three words after them."""
    said = [word.lower for word in words(text)]
    negated = [bool(NEGATIONS & set(said[max(0, i - 3) : i])) for i in range(len(said))]
    return classify(
        sum(
            -valences.get(word, 0) if turned else valences.get(word, 0)
            for word, turned in zip(said, negated, strict=True)
        )
    )


def test_danish_sentences(labelled: Labelled) -> None:
    afinn = Afinn(language="da")
    plain = accuracy(lambda text: classify(afinn.score(text)), labelled)
    valences = afinn_valences("AFINN-da-32.txt")
    with_negation = accuracy(lambda text: negating(valences, text), labelled)
    untuned = accuracy(lambda text: with_threshold(text, 0.0), labelled)
    shuffles = cross_validated(labelled)
    shipped = accuracy(lambda text: classify(compound(text, "da", sales=False)), labelled)
    spread = 1.96 * sqrt(mean(shuffles) * (1 - mean(shuffles)) / len(labelled))
    print(f"\nplain AFINN {plain:.3f}")
    print(f"AFINN with negation {with_negation:.3f}")
    print(f"rules and words, no threshold (nothing fitted) {untuned:.3f}")
    print(f"threshold by {FOLDS}-fold cross-validation {mean(shuffles):.3f} +- {spread:.3f} (95 %)")
    print(f"  over {SHUFFLES} shuffles {min(shuffles):.3f} to {max(shuffles):.3f}")
    print(f"as shipped, threshold seen on these sentences {shipped:.3f}")
    report(lambda text: classify(compound(text, "da", sales=False)), labelled)
    for source, part in (("web 2014", labelled[:400]), ("newspapers 2011", labelled[400:])):
        ours = accuracy(lambda text: classify(compound(text, "da", sales=False)), part)
        theirs = accuracy(lambda text: classify(afinn.score(text)), part)
        print(f"  {source}, {len(part)} sentences: {ours:.3f}, plain AFINN {theirs:.3f}")
    assert plain == pytest.approx(0.661, abs=0.001)
    assert untuned >= 0.70
    assert mean(shuffles) >= 0.70


def sign_errors(judged: Labelled, labelled: Labelled) -> tuple[int, int]:
    """How many negative sentences are said to be positive, and the other way round: what misleads."""
    pairs = [(said, label) for (_, said), (_, label) in zip(judged, labelled, strict=True)]
    return pairs.count(("positive", "negative")), pairs.count(("negative", "positive"))


def macro_f1(judged: Labelled, labelled: Labelled) -> float:
    """The mean F1 of the classes that there are."""
    scores = []
    for name in {label for _, label in labelled}:
        hits = sum(said == label == name for (_, said), (_, label) in zip(judged, labelled, strict=True))
        scores.append(2 * hits / sum(label == name for _, label in (*judged, *labelled)))
    return mean(scores)


def our_sentences(language: str, part: str) -> Labelled:
    """Sentences of our marking; `part` is "seen" or "kept"."""
    lines = (DATA / f"marked_{language}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(row[3], _NAMED[row[0]]) for row in rows if row[1] == part]


def fetched(folder: Path) -> dict[tuple[str, str], Labelled]:
    """By language and name: the sentences of other people's marking that lie in the folder."""
    found: dict[tuple[str, str], Labelled] = {}
    for name in ("amazon_cells", "yelp", "imdb"):
        if (path := folder / f"{name}_labelled.txt").exists():
            lines = path.read_text(encoding="utf-8").split("\n")
            marked = [line.rpartition("\t") for line in lines if line[-2:] in ("\t0", "\t1")]
            found["en", name] = [
                (text.strip(), "positive" if mark == "1" else "negative") for text, _, mark in marked
            ]
    if (path := folder / "europarl-da-sentiment.csv").exists():
        with path.open(encoding="utf-8", newline="") as lines_of:
            rows = [row for row in csv.DictReader(lines_of) if row["valence"].strip() not in ("", "9")]
        found["da", "europarl"] = [(row["text"], classify(float(row["valence"]))) for row in rows]
    return found


def test_what_the_sales_lexicon_gains(labelled: Labelled, shared_data: Path) -> None:
    """With and without it, on text of other people's marking and of our own; sign errors apart."""
    sets = {
        ("en", "ours, seen"): our_sentences("en", "seen"),
        ("en", "ours, kept"): our_sentences("en", "kept"),
    }
    sets |= {
        ("da", "ours, seen"): our_sentences("da", "seen"),
        ("da", "ours, kept"): our_sentences("da", "kept"),
    }
    sets |= {("da", "lcc"): labelled} | fetched(shared_data / "sentiment")
    reached = {}
    for (language, name), sentences in sorted(sets.items()):
        for sales in (False, True):
            judged = [(text, classify(compound(text, language, sales=sales))) for text, _ in sentences]
            right = mean(said == label for (_, said), (_, label) in zip(judged, sentences, strict=True))
            false_joy, false_alarm = sign_errors(judged, sentences)
            reached[language, name, sales] = right
            how = f"{language} {name:12} {len(sentences):4} {'with' if sales else 'without':7}"
            signs = f"negative said positive {false_joy}, the other way {false_alarm}"
            print(
                f"\n{how} accuracy {right:.3f}, macro F1 {macro_f1(judged, sentences):.3f}, {signs}", end=""
            )
    print()
    for language, name, sales in reached:
        if sales and name != "europarl":  # speeches of thanks, which count as courtesy here
            assert reached[language, name, True] >= reached[language, name, False] - 0.01, (language, name)


def drawn(reviews: Labelled) -> Labelled:
    """As many of either sign, of the reviews that are as long as something that is said."""
    short = [each for each in dict.fromkeys(reviews) if 3 <= len(each[0].split()) <= 40]
    dice = random.Random(1)
    found = []
    for sign in ("negative", "positive"):
        of_sign = [each for each in short if each[1] == sign]
        found += dice.sample(of_sign, min(REVIEWS, len(of_sign)))
    return found


def starred(folder: Path, companies: Sequence[str]) -> Labelled:
    """Danish reviews of companies with one or two stars, or four or five; none where the files are not there."""
    signs = {"1": "negative", "2": "negative", "4": "positive", "5": "positive"}
    lines = [
        re.fullmatch(r"__label__(\d) ,(.*\S)\s*", line)
        for company in companies
        if (path := folder / f"{company}.csv").exists()
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [(line[2].strip(), _NAMED[signs[line[1]]]) for line in lines if line and line[1] in signs]


def translated(path: Path) -> Labelled:
    """Danish reviews that a machine put into English; none where the file is not there."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [(row["text"], "positive" if row["label"] == "1" else "negative") for row in rows]


def test_reviews_of_danish_companies(shared_data: Path) -> None:
    """Whole reviews, as segments of speech are judged, with and without the sales lexicon."""
    folder = shared_data / "sentiment" / "reviews"
    sets = {
        ("da", "read companies"): starred(folder, READ_COMPANIES),
        ("da", "kept companies"): starred(folder, KEPT_COMPANIES),
        ("en", "translated"): translated(folder / "in_english.csv"),
    }
    for (language, name), reviews in sets.items():
        sample = drawn(reviews)
        reached = []
        for sales in (False, True) if sample else ():
            judged = [
                (text, classify(segment_sentiment(text, language, sales=sales) or 0.0)) for text, _ in sample
            ]
            reached.append(mean(said == label for (_, said), (_, label) in zip(judged, sample, strict=True)))
            false_joy, false_alarm = sign_errors(judged, sample)
            signs = f"negative said positive {false_joy}, the other way {false_alarm}"
            how = "with" if sales else "without"
            print(f"\n{language} {name} {len(sample)} {how:7} accuracy {reached[-1]:.3f}, {signs}", end="")
        assert reached == sorted(reached)
    print()


def told(texts: Sequence[str]) -> str:
    shares = Counter(str(detect(text)) for text in texts).most_common()
    return ", ".join(f"{language} {count / len(texts):.2%}" for language, count in shares)


def test_languages(shared_data: Path) -> None:
    danish = [text for text, _ in danish_sentences(shared_data)]
    english = [*call_segments(shared_data), *posts(shared_data)]
    print(f"\nsample calls, {len(call_segments(shared_data))} segments: {told(call_segments(shared_data))}")
    for name, texts in (("Danish", danish), ("English", english)):
        print(f"{name}, {len(texts)} texts: {told(texts)}")
        for count in (2, 4, 8):
            print(f"  the first {count} words: {told([' '.join(text.split()[:count]) for text in texts])}")
    assert [detect(text) for text in danish].count("en") <= 0.002 * len(danish)
    assert [detect(text) for text in english].count("da") <= 0.002 * len(english)
