"""CPR numbers that are begun wrongly."""

import pytest

from processors.analysis.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "it's zero one zero one ninety, sorry, zero two zero one ninety, one two three four",
            "it's [cpr], sorry, [cpr]",
        ),
        (
            "det er nul en nul et halvfems, undskyld, nul to nul et halvfems tolv fireogtredive",
            "det er [cpr], undskyld, [cpr]",
        ),
        ("010190, nej vent, 020190-1234", "[cpr], nej vent, [cpr]"),
        (
            "first of January ninety, sorry, second of January ninety, one two three four",
            "[cpr], sorry, [cpr]",
        ),
        (
            "mit cpr-nummer er 010190, nej undskyld, 020190-1234",
            "mit cpr-nummer er [cpr], nej undskyld, [cpr]",
        ),
    ],
)
def test_what_was_said_before_the_correction_is_masked_too(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert mask(masked) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("we paid 450012, sorry, my cpr is 020190-1234", "we paid 450012, sorry, my cpr is [cpr]"),
        ("vi er 010190 og mit cpr er 020190-1234", "vi er 010190 og mit cpr er [cpr]"),
        ("It costs 120190 kroner, no wait, 020190-1234", "It costs 120190 kroner, no wait, [cpr]"),
        ("det er 1200 nej vent 1300 kroner", "det er 1200 nej vent 1300 kroner"),
    ],
)
def test_a_number_that_is_no_date_or_is_not_corrected_stays(text: str, masked: str) -> None:
    assert mask(text) == masked
