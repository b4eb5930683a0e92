"""What is masked before it is stored, what must survive, and how often the sample calls are hurt."""

import time
from pathlib import Path

import pytest

from processors.analysis.masking import mask
from tests.support.marked_text import filled, sample_turns, script_lines
from tests.support.spoken_numbers import SENTENCES, leaks, spoken_numbers

DATA = Path(__file__).parents[4] / "data"
PRIVATE = [line.split(" => ") for line in (DATA / "masking_private.txt").read_text("utf-8").splitlines()]
HARMLESS = (DATA / "masking_harmless.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("write to john.doe+x@mail.contoso.co.uk, please", "write to [email], please"),
        ("skriv til per @ contoso.dk", "skriv til [email]"),
        ("karen\uff20firma.dk og bo\ufe6bfirma.dk", "[email] og [email]"),
        ("it is john dot doe at contoso dot com", "it is [email]"),
        ("det er jensen snabel-a contoso punktum dk", "det er [email]"),
        ("ring på 22 34 56 78 i morgen", "ring på [phone] i morgen"),
        ("tlf.22345678", "tlf.[phone]"),
        ("mit nummer er 12 34 56 78", "mit nummer er [phone]"),
        ("+45 2234 5678 eller 0045 22345678", "[phone] eller [phone]"),
        ("call (206) 555-0123 or 555-0123", "call [phone] or [phone]"),
        ("it's 1-800-555-0199", "it's [phone]"),
        ("London is 020 7946 0958", "London is [phone]"),
        ("my number is five five five oh one two three", "my number is [phone]"),
        ("tolv fireogtredive seksoghalvtreds otteoghalvfjerds", "[phone]"),
        ("the card is 4111 1111 1111 1111, 12/26", "the card is [card], 12/26"),
        ("4111 1111 1111 1111 12 26", "[card] 12 26"),
        ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "[card]"),
        ("cpr 010190-1234", "cpr [cpr]"),
        ("cpr 010190 1234", "cpr [cpr]"),
        ("0101901234 hedder jeg", "[cpr] hedder jeg"),
        ("0 1 0 1 9 0 1 2 3 4", "[cpr]"),
        ("01 01 90 12 34", "[cpr]"),
        ("nul en nul en halvfems tolv fireogtredive", "[cpr]"),
        ("første januar nitten hundrede og halvfems, tolv fireogtredive", "[cpr]"),
        ("første januar nittenhundrede halvfems, tolv fireogtredive", "[cpr]"),
        ("it's triple five, two three, double four", "it's [phone]"),
        ("my number is two zero six, yes, five five five, okay, zero one four two", "my number is [phone]"),
        ("j smith eighty four at yahoo dot com", "j [email]"),
        ("610190-1234 er et erstatningsnummer", "[cpr] er et erstatningsnummer"),
        ("2 stk., ring på 22345678/22345679", "2 stk., ring på [phone]/[phone]"),
        ("den 24-11-2026 22345678", "den 24-11-2026 [phone]"),
    ],
)
def test_personal_numbers_are_masked_however_they_are_written(said: str, stored: str) -> None:
    assert mask(said) == stored


@pytest.mark.parametrize(
    "text",
    [
        "that is $1,250,000.00 a year",
        "12.500.000 kr. eller 12 500 000 kr",
        "22345678 kroner",
        "den 24.11.2026, 24-11-2026 til 25-11-2026, 2026-11-24 or 20261124",
        "26-10-2010 20:00 and 3. december 2013 14.30",
        "from 2020-2021, budget 2014-17, between 3800-4300",
        "31/12-2024 og 01/01-2025",
        "ordrenummer 20101234, faktura 0101901234",
        "order number is 22345678",
        "CVR-nr.: 29116962",
        "rooms 661, 662 and 666",
        "36 48 60 72 måneder",
        "one two three four five six seven",
        "seven out of ten, two to three times",
        "meet @ 10.30",
        "number 1234567890123456 fits no card",
    ],
)
def test_amounts_dates_and_order_numbers_survive(text: str) -> None:
    assert mask(text) == text


def test_a_masked_text_has_nothing_left_to_mask() -> None:
    once = mask("a@b.dk 22345678 4111111111111111 010190-1234")

    assert once == "[email] [phone] [card] [cpr]"
    assert mask(once) == once


@pytest.mark.parametrize(("said", "stored"), PRIVATE)
def test_no_private_number_or_address_survives(said: str, stored: str) -> None:
    assert "[" in stored
    assert mask(said) == stored
    assert mask(stored) == stored


@pytest.mark.parametrize("text", HARMLESS)
def test_prices_quantities_years_and_counting_stay(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("kind", SENTENCES)
def test_nineteen_of_twenty_numbers_said_as_words_leave_nothing_behind(kind: str, language: str) -> None:
    survivors = [
        said.text for said in spoken_numbers(kind, language, 100) if leaks(mask(said.text), said.harmless)
    ]

    assert len(survivors) <= 5, survivors


UNITS = (
    "1 |010190 1234 |24-11-2026 |four |a@|@|x|a dot |22 34 56 78 |4111111111111111 |1-2.3/|a.|a-|DK50 |reg nr 1|konto "
    "|snabel a |at |a at b dot |double |en og |fem og tyve |første i |(|1, |kr 1|iban d |%40|dk12 3|pas er |a_|1a|[at]"
    "|cpr 1 |kundenummer 22334455 |22334455 også |A1|1 A |hundrede og |tlf1|sidste fire |last four |\n|12 34 og |mia "
    "at "
)


@pytest.mark.alone
@pytest.mark.timeout(120)
@pytest.mark.parametrize("unit", UNITS.split("|"))
def test_time_grows_with_the_length_of_a_text_and_no_faster(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * length)[:length] + " 1234567 @ punktum"
        began = time.process_time()
        mask(text)
        return time.process_time() - began

    most = 24 * max(seconds(3_000), 0.02)  # quadratic time would be 64 times as much

    assert any(seconds(24_000) < most for _ in range(4)), "a neighbour's noise passes"


def test_every_number_in_a_row_of_numbers_is_masked() -> None:
    assert mask("010190 1234 020290 1234") == "[cpr] [cpr]"
    assert mask("22 34 56 78 22 34 56 79") == "[phone] [phone]"


@pytest.mark.real_data(twin="test_no_line_of_the_screenplays_is_masked")
def test_no_turn_of_the_sample_calls_is_masked(shared_data: Path) -> None:
    # Room, card end and zip numbers are in them, and "[PII]", but no personal number in the clear.
    turns = [turn for turns in sample_turns(shared_data).values() for turn in turns]

    assert len(turns) == 88
    assert [turn for turn in turns if mask(turn) != turn] == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_line_of_the_screenplays_is_masked(language: str) -> None:
    # Prices, amounts, times and models are in them; the one address is meant to be masked.
    lines = [filled(line) for line in script_lines(language)]

    assert len(lines) > 1000
    assert [mask(line) for line in lines if mask(line) != line and "@" not in line] == []
