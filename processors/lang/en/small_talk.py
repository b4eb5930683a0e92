"""English small talk: what everybody says in every call, and what therefore tells nothing about a seller."""

from typing import Final

from processors.lang import word_set

SMALL_TALK: Final = word_set(
    """
    okay ok yeah yes yep yup nope no um umm uh uhh uhm er hm hmm mhm mm mmm oh ah aha wow hi hello hey bye
    goodbye thanks thank please sorry sure right great perfect good nice cool fine awesome wonderful
    excellent alright gonna wanna gotta kind sort bit lot lots stuff thing things guy guys sir madam
    actually basically probably maybe really well like know mean guess think want need say said going get
    got let look see come back today tomorrow yesterday
    """
)
