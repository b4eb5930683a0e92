"""CPR numbers that were begun, and said again: "zero one zero one ninety, sorry, [cpr]".

What was said first is the date of birth of somebody, or nearly so.
"""

import re
from typing import Final

from processors.analysis.masking.kinds import CPR, CPR_DIGITS, is_cpr
from processors.analysis.masking.spoken import READERS, UNIT_BEHIND
from processors.analysis.masking.tokens import tokenise
from processors.lang.da.private_numbers import PRIVATE_NUMBERS as DANISH
from processors.lang.en.private_numbers import PRIVATE_NUMBERS as ENGLISH

DATE_DIGITS: Final = 6
_AGAIN: Final = re.compile(r"((?:\W{1,3}[^\W\d_]{1,12}){1,6})\W{1,3}" + re.escape(CPR))
_WORD: Final = re.compile(r"[^\W\d_]+")
_CORRECTIONS: Final = DANISH.corrections | ENGLISH.corrections


def mask_begun(text: str) -> str:
    """`text` with a date of six digits, and up to three more, masked where a correction and a CPR number follow."""
    if CPR not in text:
        return text
    for reader in READERS:
        tokens = tokenise(text)
        pieces: list[str] = []
        end = 0
        for run in reader.runs(tokens):
            first, beyond = run.items[0].first, run.items[-1].beyond
            digits = "".join(item.digits for item in run.items)
            behind = _AGAIN.match(text, tokens[beyond - 1].end)
            if (
                DATE_DIGITS <= len(digits) < CPR_DIGITS
                and is_cpr(digits.ljust(CPR_DIGITS, "0"))
                and behind is not None
                and not UNIT_BEHIND.match(text, tokens[beyond - 1].end)
                and not _CORRECTIONS.isdisjoint(_WORD.findall(behind[1].lower()))
            ):
                pieces += [text[end : tokens[first].start], CPR]
                end = tokens[beyond - 1].end
        text = "".join((*pieces, text[end:]))
    return text
