"""Danish words in the marks that a transcriber sets, in brackets, where nothing is said or something is withheld."""

from typing import Final

from processors.lang import word_set

NOISES: Final = word_set(
    """
    støj larm musik sang synger latter ler griner grin fniser fnis hoster host hosten nyser nys nøs suk sukker
    snøfter rømmer åndedræt ånder indånding udånding gisp gaber nynner fløjter hvisker bifald klapper klap
    klapsalver jubel stilhed tavshed uhørligt uhørlig utydeligt utydelig uforståeligt uforståelig ukendt bip
    bipper brummer ringer ringetone klik klikker tastatur tastaturlyd banker knitren hundegøen gråd græder
    """
)
"""What is heard instead of words."""

AROUND: Final = word_set(
    """
    baggrund baggrundsstøj baggrundsmusik højt høj lav lavt svag svagt let dæmpet telefon telefonen sig spiller
    tale sprog ingen ikke fremmed i og
    """
)
"""What may stand beside a noise in round brackets, where people also put words."""

WITHHELD: Final = word_set(
    """
    konto kontonummer pas kørekort adresse navn telefonnummer nummer kort fjernet maskeret
    """
)
"""Words were said, and what masks them says of which kind."""
