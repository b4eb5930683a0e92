"""Public authorities, courts, hospitals and airports: whom one answers to or passes through, no brands.

English and Danish, words in lower case. A blank inside a name is written as an underscore.
"""

from typing import Final

from processors.lang import word_set

AUTHORITIES: Final = word_set(
    """
    skat politiet rigspolitiet hjemmeværnet forsvaret folketinget regeringen nationalbanken udbetaling_danmark
    banedanmark danmarks_statistik rigsrevisionen hovedstaden statens_it moderniseringen energinet patienterstatningen
    tinglysningen fogedretten højesteret landsretten byretten domstolene fagretten
    hmrc irs fda sec ftc fcc fbi cia nsa dea epa osha dhs tsa uscis usda cdc nih nist usps faa ssa gsa sba doj dod
    nhs dvla fca cma ico hse ofcom ofsted ofgem ofwat defra dwp moj acas gchq mi5 mi6 cqc ukvi
    environment_agency medicines_agency european_medicines_agency food_standards_agency
    environmental_protection_agency companies_house home_office
    land_registry parliament senate congress pentagon whitehall downing_street white_house
    eu un fn who wto imf nato oecd unesco unicef interpol europol ecb bundesbank enisa edpb efsa bafin
    """
)
NOUNS: Final = word_set(
    """
    kommune kommunen region regionen ministerium ministeriet styrelse styrelsen politi landsret byret domstol
    hospitalet sygehus sygehuset universitetshospital
    ministry commissioner courthouse tribunal police ombudsman consulate airfield
    """
)
"""In a name these say that it is an authority, but beside a brand: "Aarhus Kommune", "AWS Region"."""
LAST_NOUNS: Final = word_set(
    "department council commission court sheriff authority treasury embassy hospital airport"
)
"""These do as the last word, or before "of" and "for": "Federal Trade Commission", but no "Embassy Suites"."""
ENDINGS: Final = (
    "styrelsen", "styrelse", "ministeriet", "ministerium", "direktoratet", "tilsynet", "nævnet", "klagenævnet",
    "ombudsmanden", "politiet", "landsret", "byret", "domstolen", "kommissionen", "forvaltningen", "rådet",
    "hospitalet", "sygehuset", "lufthavnen", "lufthavn", "banegården", "toldvæsenet", "brandvæsenet", "beredskabet",
)  # fmt: skip
"""Of words that are longer than these."""
AIRPORTS: Final = word_set(
    """
    kastrup tirstrup heathrow gatwick stansted luton schiphol arlanda landvetter bromma sturup gardermoen flesland
    vantaa keflavik jfk laguardia la_guardia o'hare dulles newark lax sfo hartsfield orly charles_de_gaulle cdg
    tegel tempelhof fiumicino malpensa linate barajas el_prat zaventem changi narita haneda
    """
)
