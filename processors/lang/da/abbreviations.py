"""Danish abbreviations that are written with a full stop."""

from typing import Final

from processors.lang import word_set

NEVER_FINAL: Final = word_set(
    """
    hr fr frk f.eks eks bl.a bl ca nr jf dvs d.v.s evt inkl ekskl vedr tlf afd kl s.k så.k pga p.g.a mht m.h.t ift
    i.f.t ifm i.f.m iht i.h.t hhv h.h.v d.d forh opr gl
    """
)
"""Titles, references and connectives: something always follows, so their full stop ends nothing."""

SOMETIMES_FINAL: Final = word_set(
    """
    osv o.s.v mm m.m mv m.v mfl m.fl ol o.l lign o.lign kr mio mia stk pct kap alm pr s.u maks sek min max
    """
)
"""These may close a sentence: they do when a capital letter follows."""
