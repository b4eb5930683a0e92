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

ADVERBS: Final = word_set(
    """
    highly far pretty extremely especially definitely currently finally recently outside quickly certainly absolutely
    longer simply inside obviously clearly immediately directly possibly completely exactly ahead totally fully
    hopefully personally properly easily seriously unfortunately particularly overall fairly frequently truly incredibly
    somewhat apparently mainly perfectly slightly initially closely elsewhere eventually normally successfully generally
    usually quite honestly literally anyway anyways sometimes often already almost always never ever soon later early
    maybe perhaps instead otherwise together apart away along around again once twice
    ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty
    seventy eighty ninety hundred thousand million billion four five six seven eight nine first second third way ways
    one ones couple whole half everything anything nothing something someone everyone everybody anybody
    """
)
"""Words of degree, time and manner, and numbers: no habit of a seller that others could learn."""

LIGHT_WORDS: Final = word_set(
    """
    make do go get take give come put keep let try use call send write talk speak tell hear help work start stop
    look find show see run set mean happen feel hold bring turn move stay leave meet pay buy need want like have
    be say know think love hope wish believe guess wonder suppose seem sound become begin finish end open close
    read sit stand live lose win wait check handle deal fix grab throw pull push pick drop follow lead pass
    reach touch point add change cut hit fall people person man woman day week month year hour minute second
    time thing way place name word number side part piece bit lot kind sort type bunch couple moment while case
    reason example fact idea question answer problem matter hand head eye house door table life world guy folk
    someone everybody morning afternoon evening night weekend today tomorrow phone email mail message line good
    bad big small new old great little long short high low hard easy heavy light fine nice happy glad sorry
    ready clear right wrong true honest simple difficult quick slow early late clean full empty half same own
    other different certain possible impossible normal regular last next previous able available sure free busy
    whole real sum equipment machine device product item unit goods group system premises
    """
)
"""Lemmas of verbs, nouns and adjectives that every sentence may have, whatever it is about."""

EVALUATIVES: Final = word_set(
    """
    important worth fair unfair comfortable uncomfortable proud useful interesting exciting interested excited nervous
    worried afraid scared angry annoyed tired sad funny silly smart stupid clever strange odd weird awful terrible
    horrible lovely beautiful pretty ugly cheap expensive pleased satisfied unhappy grateful lucky unlucky impressed
    impressive surprised surprising surprise disappointed disappointing embarrassed embarrassing frustrated frustrating
    pleasant unpleasant reasonable unreasonable familiar serious rough decent super brilliant appreciate enjoy hate
    regret complain shout cry laugh worry bother annoy disappoint frustrate suit gain better best worse worst bigger
    biggest larger smaller more most fewer less least
    """
)
"""How something is found or felt: no habit that others could learn."""

PHRASES: Final = word_set(
    """
    sense share fit chair catch track story luck sake favour favor mind way versus via regarding concerning
    despite except meantime meanwhile receive compare compared date period season summer winter spring autumn
    fall holiday christmas easter quarter century decade own belong contain include concern remain appear occur
    exist consist regard hardly roughly uh-huh mm-hm mhm hmm aha hm okay alright whatever whichever wherever
    whenever however hang
    """
)
"""What is mostly part of a set phrase ("that makes sense", "a fair share"), says when, or answers the other side."""
