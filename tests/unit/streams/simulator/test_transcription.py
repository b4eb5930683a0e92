"""What speech-to-text makes of speech."""

from __future__ import annotations

from random import Random

from streams.simulator.transcription import Hypothesis, transcribe

SAID = "Kontrakten er fin, men prisen er høj. Hvad siger I?"


def hypotheses(engine: str = "punctuated") -> list[list[Hypothesis]]:
    rng = Random(4)
    return [
        transcribe(SAID, 4_000, "da", "plain" if engine == "plain" else "punctuated", rng)
        for _ in range(3_000)
    ]


def test_most_is_heard_right_at_once() -> None:
    outcomes = hypotheses()

    right = sum(len(outcome) == 1 and outcome[0].text == SAID for outcome in outcomes)
    assert right > 0.85 * len(outcomes)


def test_some_words_are_misheard_with_little_confidence_and_mostly_corrected_later() -> None:
    misheard = [outcome for outcome in hypotheses() if outcome[0].text != SAID]
    corrected = [outcome for outcome in misheard if len(outcome) == 2]

    heard = {SAID.replace("Kontrakten", "Kontakten"), SAID.replace("prisen", "prinsen")}
    assert {outcome[0].text for outcome in misheard} <= heard
    assert all(outcome[0].confidence < 0.75 for outcome in misheard)
    assert all(outcome[1].text == SAID and outcome[1].delay_ms > outcome[0].delay_ms for outcome in corrected)
    assert 0.45 < len(corrected) / len(misheard) < 0.75


def test_a_stretch_may_first_be_taken_for_shorter_than_it_was() -> None:
    shortened = [outcome for outcome in hypotheses() if outcome[0].shortened_ms]

    assert shortened
    assert all(outcome[-1].shortened_ms == 0 for outcome in shortened)


def test_a_plain_engine_writes_neither_capitals_nor_punctuation() -> None:
    texts = {outcome[-1].text for outcome in hypotheses("plain")}

    assert "kontrakten er fin men prisen er høj hvad siger i" in texts
    assert all(text == text.lower() and "." not in text and "?" not in text for text in texts)


def test_results_come_soon_and_now_and_then_late() -> None:
    delays = [outcome[0].delay_ms for outcome in hypotheses()]

    assert min(delays) >= 250
    assert 0 < sum(delay > 1_000 for delay in delays) < 0.02 * len(delays)
