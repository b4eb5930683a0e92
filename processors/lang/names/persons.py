"""First names, family names and titles common in Denmark and in the English-speaking world."""

from collections.abc import Iterable
from typing import Final

from faker.providers.person import da_DK, de_DE, en_GB, en_US, no_NO, pl_PL, sv_SE, tr_TR

from processors.lang import word_set
from processors.lang.da import words as danish
from processors.lang.en import words as english

_WELL_KNOWN_FIRST_NAMES: Final = word_set(
    """
aaron abby abigail abraham adam adrian ahmed aidan al alan albert alec alejandro alex alexa alexander
alexandra alexis alfred ali alice alicia alison allen allison alyssa amanda amber amelia amir amy ana
andre andrea andrew andy angel angela angelina anita ann anna anne annie anthony antonio april ariana
arjun arnold arthur ashley audrey austin ava barack barbara barry beatrice becky ben benjamin bernard
bernie beth betty bill billy blake bob bobby bonnie brad bradley brandon brenda brent brett brian bridget
brittany bruce bruno bryan caleb calvin cameron carl carla carlos carmen carol caroline carrie cassandra
catherine cathy chad charles charlie charlotte chelsea cheryl chloe chris christian christina christine
christopher cindy claire clara clark claude colin conor connor corey craig crystal curtis cynthia daisy
dale damian dan dana daniel danielle danny daryl dave david dawn dean deborah debbie dennis derek diana
diane diego dolores don donald donna dora doris dorothy doug douglas duncan dustin dylan earl eddie edgar
edith edward edwin eileen elaine eleanor elena eli elijah elizabeth ella ellen ellie emily emma eric erica
erin ethan eugene eva evan evelyn felix fiona floyd frances francis frank fred frederick gabriel gareth
gary gavin gene geoff george gerald gina glen glenn gloria gordon grace grant greg gregory gwen hank
hannah harold harriet harry harvey hazel heather hector helen henry herbert hillary holly howard hugh hugo
ian ibrahim irene isaac isabel isabella isaiah ivan jack jackie jackson jacob jade jake james jamie jane
janet janice jared jasmine jason jay jean jeff jeffrey jen jenna jennifer jenny jeremy jerome jerry jess
jesse jessica jill jim jimmy jo joan joanna joanne jodie joe joel joey john johnny jon jonathan jordan
jorge jose joseph josh joshua joy joyce juan judith judy julia julian julie justin kanye karen karl kate
katherine kathleen kathryn kathy katie katrina kayla keith kelly kelsey ken kendrick kenneth kenny kevin
kim kimberly kirk kristen kristin kurt kyle kylie lance larry laura lauren laurie lawrence leah lee lena
leo leon leonard leroy leslie lewis liam lily linda lindsay lisa liz lloyd logan lois lola lori louis
louise lucas lucy luis luke luna lydia lynn mackenzie madison malcolm marc marcelo marco marcus margaret
maria mariah marie marilyn mario marion mark marlene marsha martha martin marvin mary mason matt matthew
maureen max maxwell megan meghan melanie melinda melissa mercedes mia michael michelle miguel mike mildred
miles miley milo miranda miriam mitchell mohamed mohammed mohammad molly monica morgan muhammad nancy
naomi natalie nathan nathaniel neil nelson nicholas nick nicki nicola nicole nigel nina noah noel nora
norma norman obama oliver olivia omar oprah oscar owen paige pam pamela pat patricia patrick paul paula
pauline pedro peggy penny perry pete peter phil philip phillip phoebe phyllis piers priya quentin rachel
ralph ramon randy raul ray raymond rebecca regina reggie reginald rex rhonda ricardo richard rick ricky
riley rita rob robert roberta roberto robin rodney roger roland ron ronald ronnie rory rosa rose rosemary
ross roy ruby russell ruth ryan sabrina sally sam samantha samuel sandra sandy sara sarah scott sean
sebastian selena sergio seth shane shannon sharon shaun shawn sheila shelley sherry shirley sid silvia
simon simone sofia sonia sophia sophie stacey stacy stan stanley stella stephanie stephen steve steven
stewart stuart sue susan suzanne sylvia tamara tammy tanya tara taylor ted teresa terrence terry thelma
theo theodore theresa thomas tiffany tim timothy tina todd tom tommy toni tony tracey tracy travis trevor
tristan troy tyler ursula valerie vanessa vera vernon veronica vicki vicky victor victoria vincent
virginia vivian wade wallace walter wanda warren wayne wendy wesley will william willie winston xavier
yasmin yolanda yvonne zac zach zachary zoe aage agnete aksel alberte allan amalie anders andreas ane
anette anja anker ann-sofie anna-lise anne-marie annelise annette annika anton arne arvid asbjørn asger
asta asmus astrid august axel bent bente benny berit birger birgit birgitte birthe bjarke bjarne bjørn bo
bodil boris britt britta børge camilla carina carsten casper cecilie christa christel christen christoffer
claes claus connie conny dagny ditte dorte dorthe ebbe edvard egon eigil einar ejnar ejvind elin elise
ellinor else elvira emil emilie emmy erik erling ernst esben esther eskild fie filip finn flemming freddy
frederik frederikke freja frida frode gert gerda gitte grete grethe gudrun gunnar gustav hanne hans harald
heidi heine helga helge helle henning henriette henrik hjalmar holger ib ida inga inge ingeborg inger
ingrid irma isak ivar jakob jan janne janni jannik jens jens-peter jeppe jesper jette jimmi joachim johan
johanne johannes jonas josefine jytte jørgen jørn kaj karin karina karla karoline karsten kasper katja
katrine kent kirsten kirstine kjeld klaus knud kristian kristine kristoffer lars lars-erik lasse laust
laurits lea leif lene lennart lilian line linea lisbeth lise liselotte lissi liva lone lotte lærke mads
magnus maja malene malthe margit margrethe mariane marianne marius mathias mathilde merete merle merethe
mette mikael mikkel mille minna mogens morten nanna niels nikolaj nikoline oda ole olga oluf orla oskar
otto ove palle peder per pernille pia poul preben rasmus regnar rene renée rikke rigmor rolf rune sander
sanne selma signe sigrid sigurd sine sisse sofie solveig sonja stefan steen steffen stig stine storm sune
susanne svante svend søren tage tanja theis thor thorbjørn thorkild tilde tine tobias tonny torben tove
troels trine tue tyge ulla ulrik vagn valdemar verner vibe vibeke viggo viktor villy villads viola vivi
winnie yrsa øjvind åse
    """
)

_WELL_KNOWN_FAMILY_NAMES: Final = word_set(
    """
adams allen anderson bailey baker barnes bell bennett bieber brooks brown bryant bush butler campbell
carter chavez clark clinton collins cook cooper cox cruz davis diaz edwards evans fisher fitzgerald flores
foster garcia gomez gonzalez graham gray green griffin hall hamilton harris harrison hayes henderson
hernandez hill howard hughes jackson jenkins johnson jones kelly kennedy khan king kumar lee lewis long
lopez macdonald marshall martin martinez mccain mccarthy mcdonald miller mitchell moore morales morgan
morris murphy murray myers nelson nguyen obama palin parker patel patterson perez perry peterson phillips
pitt powell price ramirez reed reynolds richardson rivera roberts robinson rodriguez rogers ross russell
ryan sanchez sanders scott shaw simmons simpson singh smith spears stevens stewart sullivan swift taylor
thomas thompson torres trump turner walker wallace ward washington watson west white williams wilson wood
wright young bach bak beck berg bertelsen bjerregaard bohr brandt bruun buch bundgaard bødker clausen dahl
dall dam davidsen ditlevsen enevoldsen fogh friis frost gade gram gregersen hald hartmann hedegaard hein
hermansen hjort holm holst iversen jessen josefsen juhl juul kjær kjeldsen klitgaard koch kofoed krag
krogh kruse lassen laursen lauridsen leth lind lund lykke meyer mikkelsen mortensen munk møller nissen
norup nygaard nørgaard ottosen overgaard petri poulsen rask ravn riis rohde schmidt schou skov skovgaard
skytte sloth smed steffensen storm svane søndergaard thorning thygesen toft toftegaard vestergaard
villadsen vinther visby voss winther worm wulff østergaard aagaard
    """
)

RELATIONS: Final = word_set(
    """
    kollega kollegaen chef chefen kone mand mor far søster bror søn datter kæreste veninde ven nabo sekretær assistent
    colleague boss wife husband mother father sister brother son daughter girlfriend boyfriend friend neighbour neighbor
    assistant secretary teammate mom mum dad
    """
)
"""Somebody's name follows."""

TITLES: Final = word_set(
    """
mr mrs ms miss dr doctor prof professor sir madam lord lady president senator pastor coach hr fru frk herr
minister statsminister direktør kong kongen dronning dronningen prins prinsesse justitsminister
    """
)

_PROVIDERS: Final = (da_DK, en_US, en_GB, sv_SE, no_NO, de_DE, pl_PL, tr_TR)
"""Lists of names that Faker's contributors keep; ours above have what these lack."""


def _of(lists: Iterable[Iterable[str]]) -> frozenset[str]:
    """The names of lists that are not everyday words as well."""
    found = frozenset(name.lower() for names in lists for name in names if len(name) > 1)
    return found - danish.EVERYDAY_WORDS - english.EVERYDAY_WORDS


FIRST_NAMES: Final = _WELL_KNOWN_FIRST_NAMES | _of(provider.Provider.first_names for provider in _PROVIDERS)
FAMILY_NAMES: Final = _WELL_KNOWN_FAMILY_NAMES | _of(provider.Provider.last_names for provider in _PROVIDERS)
