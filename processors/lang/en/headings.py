"""English words that stand before a colon without being somebody's name: "My advice: buy it now." """

from typing import Final

from processors.lang import word_set

HEADINGS: Final = word_set(
    """
    note notes question questions answer answers example examples important warning tip tips advice summary
    conclusion fact point problem solution result reminder agenda action actions todo ps nb first second third one
    two three so and but or well now then okay ok yes no however also remember look listen wait sorry hello hi
    thanks because meaning total subject topic topics title price date time next step steps option options update
    background context goal goals
    """
)
"""What announces what follows; no name has one as a word of its own."""

NEVER_FIRST: Final = word_set(
    """
    i my your our his her their its this that these those it is are was were we you they he she to in on with if
    what how why when where which who about would could should can will do does did have has had not just here
    there
    """
)
"""With which no name begins."""
