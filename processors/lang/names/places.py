"""Countries, regions and large cities in English and Danish, nationalities and languages, and words of the calendar.

A blank inside a name is written as an underscore.
"""

from typing import Final

from faker.providers.address import da_DK, en_US

from processors.lang import word_set
from processors.lang.da import words as danish
from processors.lang.en import words as english

_WELL_KNOWN_PLACES: Final = word_set(
    """
afghanistan africa afrika albania albanien algeria algeriet alaska alabama america amerika amsterdam
andorra angola antarctica antarktis antwerp antwerpen argentina arizona arkansas armenia armenien asia
asien athens athen atlanta auckland austin australia australien austria østrig azerbaijan baghdad bahamas
bahrain baltimore bangkok bangladesh barcelona basel beijing belarus belfast belgien belgium belgrade
berlin bermuda bern birmingham bolivia boston bosnia bosnien brasilien bratislava brazil bremen brighton
brisbane bristol britain british_columbia brooklyn brussels bruxelles bucharest budapest bulgaria
bulgarien cairo calgary california cambodia cambridge cameroon canada canberra cape_town cardiff caribbean
carolina chad charlotte chicago chile china cincinnati cleveland cologne colombia colorado columbia
columbus compton connecticut copenhagen cornwall costa_rica croatia cuba cyprus czech_republic dallas
delaware delhi denmark danmark denver detroit devon dubai dublin dubrovnik dusseldorf düsseldorf ecuador
edinburgh egypt egypten el_salvador england essex estland estonia ethiopia etiopien europa europe finland
florence florida france frankrig frankfurt geneva genève georgia germany tyskland ghana gibraltar glasgow
gothenburg göteborg great_britain greece grækenland greenland grønland guatemala haiti hamburg hanoi
hanover hannover hawaii helsinki hessen holland hollywood honduras hong_kong hongkong houston hungary
ungarn iceland island idaho illinois india indien indiana indianapolis indonesia indonesien iowa irak iran
iraq ireland irland israel istanbul italien italy jacksonville jamaica japan jerusalem jordan kabul kansas
kashmir kazakhstan kent kentucky kenya kiev kyiv korea kosovo krakow kroatien kuwait la lancashire
las_vegas latvia letland lebanon libanon leeds leipzig libya libyen liechtenstein lille lisbon lissabon
litauen lithuania liverpool london londonderry long_island los_angeles louisiana luxembourg lyon macedonia
madrid maine malaga malawi malaysia malmo malmö malta manchester manhattan manila marseille maryland
massachusetts melbourne memphis mexico miami michigan middle_east milan milano minneapolis minnesota
mississippi missouri moldova monaco mongolia montana montenegro montreal morocco marokko moscow moskva
mumbai munich münchen myanmar namibia naples nashville nebraska nepal netherlands nederlandene nevada
new_delhi new_england new_hampshire new_jersey new_mexico new_orleans new_south_wales new_york
new_york_city new_zealand newcastle newfoundland nice niger nigeria nj norfolk north_america
north_carolina north_dakota north_korea northern_ireland norge norway nottingham nuuk ny nyc oakland ohio
oklahoma oman ontario oregon orlando osaka oslo ottawa oxford pakistan palestine palestina panama paraguay
paris pennsylvania perth peru philadelphia philippines filippinerne phoenix pittsburgh plymouth poland
polen porto portland portugal prag prague qatar quebec queensland reykjavik rhode_island riga rio
rio_de_janeiro riyadh rome rom romania rumænien rotterdam russia rusland rwanda sacramento salt_lake_city
salzburg san_antonio san_diego san_francisco san_jose santiago sao_paulo saudi_arabia saudi-arabien
scandinavia skandinavien scotland skotland seattle senegal seoul serbia serbien seville shanghai sheffield
sicily silicon_valley singapore skåne slovakia slovenia slovenien somalia south_africa sydafrika
south_america sydamerika south_carolina south_dakota south_korea sydkorea southampton spain spanien
stockholm stuttgart sudan surrey sussex sverige sweden switzerland schweiz sydney syria syrien taipei
taiwan tallinn tanzania tasmania tehran tel_aviv tennessee texas thailand the_hague tibet tokyo toronto
tunisia tunesien turin turkey tyrkiet uae uganda uk ukraine united_arab_emirates united_kingdom
united_states uruguay us usa utah utrecht uzbekistan valencia vancouver vatican venezuela venice vermont
victoria vienna wien vietnam vilnius virginia wales warsaw warszawa washington washington_dc west_virginia
wisconsin wyoming yemen yorkshire zagreb zambia zimbabwe zurich zürich aabenraa aalborg ålborg aarhus
århus albertslund allerød amager assens ballerup billund birkerød bornholm bramming brande brøndby
brønderslev charlottenlund christiansborg christianshavn dragør ebeltoft esbjerg farum fredensborg
fredericia frederiksberg frederikshavn frederikssund frederiksværk fyn faaborg gentofte gilleleje give
gladsaxe glostrup greve grenaa grindsted haderslev hadsten hammel hellerup helsingør herlev herning
hillerød himmerland hirtshals hjørring hobro holbæk holstebro hornslet horsens humlebæk hvidovre hørsholm
ikast ishøj jylland kalundborg karup kastrup kerteminde kokkedal kolding korsør københavn
københavns_lufthavn køge langeland lejre lemvig lolland lolland-falster lyngby lystrup læsø løgstør maribo
middelfart midtjylland mors møn nakskov nordjylland nordsjælland nyborg nykøbing nysted næstved nørrebro
odder odense odsherred randers ribe ringkøbing ringsted rinkenæs roskilde rudersdal rudkøbing rungsted
rødovre rønne samsø silkeborg sjælland skagen skanderborg skive skjern slagelse solrød sorø storebælt
struer stege svendborg sydjylland sydsjælland sæby sønderborg sønderjylland taastrup thisted thy tisvilde
tønder tårnby vamdrup varde vedbæk vejen vejle vesterbro vestjylland viborg vordingborg værløse ærø
ølstykke østerbro østjylland øresund færøerne
    """
)

# Behind a name, or as its end, these make a place of it.
PLACE_NOUNS: Final = word_set(
    """
street st. road rd avenue ave lane drive square park bridge island lake river valley mountain beach bay
county city airport station hospital church cathedral school university college stadium building tower
hall museum terminal harbor harbour house castle district village town hill hills coast highway gade vej
allé alle plads torv bro ø sø å skov strand havn kirke skole lufthavn slot sygehus
    """
)

STREET_ENDINGS: Final = (
    "gade", "vej", "gaden", "vejen", "torvet", "torv", "pladsen", "plads", "stræde", "strædet", "allé", "alle",
    "boulevard", "kaj", "vænget", "parken", "bakken", "stien", "street", "road", "avenue",
)  # fmt: skip
"""Before a number, words with these ends are an address."""

PLACE_ENDINGS: Final = (
    "gade", "vej", "gaden", "vejen", "torvet", "pladsen", "stræde", "strædet", "allé", "rup", "strup", "lund",
    "bjerg", "borg", "købing", "sund", "havn", "holm", "land", "ville", "ton", "shire", "burg", "burgh", "ford",
)  # fmt: skip

NATIONALITIES: Final = word_set(
    """
african american americans amerikansk amerikanske arab arabic arabisk argentinian asian asiatisk
australian austrian belgian belgisk black brazilian british brit brits bulgarian canadian catholic chinese
christian christians colombian croatian cuban czech danish dansk danske dane danes dutch egyptian engelsk
engelske english estonian european europæisk europæiske filipino finnish finsk flemish french fransk
franske german germans tysk tyske greek græsk hebrew hindu hispanic hollandsk hungarian icelandic indian
indisk indonesian irakisk iranian iraqi irish irsk islam islamic islamisk israeli israelsk italian
italiensk jamaican japanese japansk jew jewish jews kinesisk korean kristen latin latino latvian lebanese
lithuanian mexican mongolian moroccan muslim muslims muslimsk nepali nigerian nordic nordisk norsk
norwegian pakistani palestinian palæstinensisk persian polish polsk portuguese protestant punjabi roman
romanian russian russisk russiske saudi scandinavian scot scots scottish serbian skandinavisk skotsk
slovak slovenian spaniard spanish spansk swede swedish swiss syrian svensk svenske thai tibetan turk
turkish tyrkisk ukrainian ukrainsk vietnamese welsh
    """
)

CALENDAR: Final = word_set(
    """
monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays
saturdays sundays january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun christmas
xmas easter halloween thanksgiving ramadan hanukkah valentine valentines am pm gmt est pst edt cet utc bst
mandag tirsdag onsdag torsdag fredag lørdag søndag januar februar marts maj juni juli oktober påske pinse
nytår god gud lord jesus christ bible bibel bibelen
    """
)

_TOWNS: Final = frozenset(
    name.lower().replace(" ", "_")
    for names in (
        da_DK.Provider.cities,
        da_DK.Provider.countries,
        en_US.Provider.states,
        en_US.Provider.countries,
    )
    for name in names
    if len(name) > 2
)
PLACES: Final = _WELL_KNOWN_PLACES | (
    _TOWNS - danish.EVERYDAY_WORDS - english.EVERYDAY_WORDS - danish.BASE_FORMS
)
"""Without towns that are words: "løsning" is mostly none."""
STREETS: Final = frozenset(name.lower() for name in da_DK.Provider.street_names)
