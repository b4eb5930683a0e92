"""What a transcriber writes where nothing is said is no word; what stands for withheld words is one."""

from __future__ import annotations

import pytest

from processors.analysis.masking.kinds import MASKS
from processors.text.marks import is_speech, without_marks
from processors.text.sentences import count_words, goes_on

MARKS = (
    "[noise]", "[laughter]", "<unk>", "(music)", "[BLANK_AUDIO]", "(laughs)", "[Music]", "♪♪", "*coughs*", "**sighs**",
    "[ Silence ]", "[NO SPEECH]", "<|nospeech|>", "[VOCALIZED-NOISE]", "(upbeat music playing)", "[door slams]",
    "[speaking in foreign language]", "[inaudible 00:12:04]", "[00:12:04]", "(clears throat)", "[phone ringing]",
    "[støj]", "(griner)", "[Latter]", "(telefonen ringer)", "[utydeligt]", "[taler tysk]", "[_TT_150]", "<i>", "</i>",
)  # fmt: skip
SAID = (
    "[PII]", "[NAME]", "[PHONE_NUMBER_1]", "[CREDIT_DEBIT_CVV]", "[REDACTED]", "[redacted]", "(about ten)",
    "(the music was loud)", "3 < 4 and 5 > 2", "2 * 3 * 4", "[We will do that.]", "[Yes, I know]", "[12]", "****",
    "[I think we should do it tomorrow]", "(nej)", "okay", "ja",
)  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_no_word_and_no_speech(mark: str) -> None:
    assert not is_speech(mark)
    assert not is_speech(f" {mark} <unk>. ")
    assert count_words(mark) == 0
    assert count_words(f"Well {mark} yes") == 2
    assert is_speech(f"{mark} yes")


@pytest.mark.parametrize("text", SAID)
def test_what_is_said_or_withheld_is_speech(text: str) -> None:
    assert without_marks(text) == text
    assert is_speech(text)


def test_no_text_is_not_known_to_be_no_speech() -> None:
    assert is_speech("")
    assert is_speech("...")


def test_what_masking_writes_is_withheld_and_no_mark() -> None:
    assert "[phone]" in MASKS
    assert all(is_speech(mask) for mask in MASKS)


def test_other_characters_keep_their_offsets() -> None:
    text = "We [noise] like Contoso (laughs) a lot"
    assert without_marks(text).index("Contoso") == text.index("Contoso")
    assert len(without_marks(text)) == len(text)


def test_hostile_text_takes_no_time() -> None:
    for text in ("[" * 20_000, "(" * 20_000, "*" * 20_000, "<a" * 10_000, "[a" * 10_000, "[" + "a " * 10_000):
        assert without_marks(text) == text


@pytest.mark.parametrize(
    ("text", "following", "expected"),
    [
        ("Would you like to see how", "the machine works?", True),
        ("We run Business", "Central today.", True),
        ("We have, f.eks.", "en printer.", True),
        ("I would like …", "another one.", True),
        ("Ask Mr.", "Holm about it.", True),
        ("Well,", "[noise]", False),
        ("Shall we begin?", "Yes.", False),
        ("Shall we begin? [laughter]", "Yes.", False),
        ("Fine.", "and so on", False),
        ("", "Yes.", False),
    ],
)
def test_whether_a_sentence_goes_on(text: str, following: str, expected: bool) -> None:
    assert goes_on(text, following) is expected
