"""English words in the marks that a transcriber sets, in brackets, where nothing is said or something is withheld."""

from typing import Final

from processors.lang import word_set

NOISES: Final = word_set(
    """
    noise noises music song singing sings laughter laugh laughs laughing laughed chuckle chuckles chuckling giggle
    giggles giggling snickers cough coughs coughing sneeze sneezes sneezing sniff sniffs sniffing sniffles sigh
    sighs sighing breath breathe breathes breathing inhale inhales inhaling exhale exhales exhaling gasp gasps
    yawn yawns groan groans hum hums humming whistle whistles whistling whisper whispers whispering applause
    clapping claps cheer cheers cheering silence silent pause crosstalk overlap inaudible unintelligible
    indistinct indecipherable throat unclear unk unknown blank nospeech nonspeech lipsmack smack click clicks
    clicking beep beeps beeping buzz buzzes buzzing ring rings ringing ringtone dial tone static typing keyboard
    knocking door rustling clattering footsteps barking crying sobbing vocalized vocalised sil spn nsn noi sta
    foreign
    """
)
"""What is heard instead of words."""

AROUND: Final = word_set(
    """
    audio background loud soft softly quiet light upbeat gentle dramatic heavy heavily nervous nervously playing
    plays starts stops continues fades in out of phone telephone line speech speaking language spoken voice no non
    clears throat clearing and the both all together event end
    """
)
"""What may stand beside a noise in round brackets, where people also put words."""

WITHHELD: Final = word_set(
    """
    email e-mail mail phone card cpr cvr iban account passport licence license driving ssn social security number
    pin address name person pii phi redacted masked hidden censored removed deleted anonymised anonymized url date
    amount company organisation organization location city order customer id
    """
)
"""Words were said, and what masks them says of which kind."""
