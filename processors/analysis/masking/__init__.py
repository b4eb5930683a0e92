"""Masks personal numbers and addresses before anything is stored.

E-mail addresses, phone, payment card and CPR numbers, IBANs, account, passport, driving licence and social security
numbers, written or said, in Danish and English. Amounts, dates, years, quantities and what is called an order, invoice
or case number stay. Pure; no text takes more than linear time.
"""

from typing import Final

from processors.analysis.masking.begun import mask_begun
from processors.analysis.masking.emails import mask_emails
from processors.analysis.masking.labelled import mask_labelled
from processors.analysis.masking.signs import FEWEST_WRITTEN, Signs
from processors.analysis.masking.spoken import mask_spoken
from processors.analysis.masking.written import mask_written

MAX_PASSES: Final = 6
"""What is left of a number's surroundings is looked at again, but not for ever."""


def mask(text: str) -> str:
    """`text` with what is private replaced by its kind: [email], [phone], [card], [cpr], [iban], [account], [passport],
    [licence], [ssn].

    Masking what was masked changes nothing.
    """
    signs = Signs(text)
    if not (signs.address or signs.number):
        return text
    masked = mask_emails(text) if signs.address else text
    if signs.number:
        masked = mask_labelled(masked) if signs.label else masked
        masked = mask_spoken(masked)
        masked = mask_written(masked) if signs.digits >= FEWEST_WRITTEN else masked
        masked = mask_begun(masked)
    for _ in range(MAX_PASSES - 1):
        if masked == text:
            break
        text = masked
        masked = mask_begun(mask_written(mask_spoken(mask_labelled(mask_emails(text)))))
    return masked
