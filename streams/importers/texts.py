"""What the import says of tables, in Danish and English."""

from __future__ import annotations

from streams.language import Text

NOT_A_NUMBER = Text(
    "{column}: must hold numbers, and this is none{value}: mend it, or leave the column out of the mapping",
    "{column}: skal indeholde tal, og det er dette ikke{value}: ret det, eller udelad kolonnen af tilordningen",
)
NOT_A_DATE = Text(
    "{column}: must hold dates, and this is none{value}: mend it, or name its date_format in a mapping",
    "{column}: skal indeholde datoer, og det er dette ikke{value}: ret det, eller angiv dens "
    "date_format i en tilordning",
)
TWO_DECIMALS = Text(
    "{column}: in line {other} there is a comma before decimals ({comma}), here a point ({point}): "
    "the file was put together from two; export it again",
    "{column}: i linje {other} står der komma foran decimaler ({comma}), her punktum ({point}): "
    "filen er sat sammen af to; eksportér den igen",
)
OTHER_DECIMAL = Text(
    '{column}: {value} has "{found}" before its decimals, and the mapping says "{given}": set decimal '
    '= "{found}", or leave it out',
    '{column}: {value} har "{found}" foran decimalerne, og tilordningen siger "{given}": sæt decimal '
    '= "{found}", eller udelad den',
)
WHICH_DECIMAL = Text("{column}: {value} can be read in two ways", "{column}: {value} kan læses på to måder")
DECIMALS_AS_IN = Text(
    '{column}: numbers like {value} are read as in {other}, with "{sign}" before decimals',
    '{column}: tal som {value} læses som i {other}, med "{sign}" foran decimaler',
)
KINDS_OF_DATES = Text(
    "{column}: holds dates written in different ways ({first} in line {at}, {second} in line "
    "{other}), as a spreadsheet "
    "leaves them that understood only some: export the file again, or name each in date_format",
    "{column}: indeholder datoer skrevet på forskellige måder ({first} i linje {at}, {second} i linje "
    "{other}), som et regneark "
    "efterlader dem, når det kun forstod nogle: eksportér filen igen, eller angiv hver i date_format",
)
NO_ORDER = Text(
    "{column}: {first} can only be day first and {second} (line {other}) only month first: the file "
    "was put together from two",
    "{column}: {first} kan kun have dagen først og {second} (linje {other}) kun måneden først: filen "
    "er sat sammen af to",
)
OTHER_ORDER = Text(
    "{column}: {value} is no date like {given}; the column looks like {found}: set date_format = "
    '"{found}", or leave it out',
    "{column}: {value} er ikke en dato som {given}; kolonnen ligner {found}: sæt date_format = "
    '"{found}", eller udelad den',
)
NOT_LIKE = Text(
    "{column}: must hold dates like {given}{value}", "{column}: skal indeholde datoer som {given}{value}"
)
WHICH_ORDER = Text("{column}: {value} can be read in two ways", "{column}: {value} kan læses på to måder")
ORDER_AS_IN = Text(
    "{column}: dates like {value} are read as in {other}: {order}",
    "{column}: datoer som {value} læses som i {other}: {order}",
)
DAY_FIRST = Text("day first: {date}", "dagen først: {date}")
MONTH_FIRST = Text("month first: {date}", "måneden først: {date}")
YEAR_FIRST = Text("year first: {date}", "året først: {date}")
ORDERS = {"dmy": DAY_FIRST, "mdy": MONTH_FIRST, "ymd": YEAR_FIRST}
WHICH_SHARE = Text(
    "{column}: {value} can be read in two ways",
    "{column}: {value} kan læses på to måder",
)
MIXED_SHARES = Text(
    "{column}: holds {low} beside {high}, percent and shares of 1 in one column as it seems",
    "{column}: indeholder {low} ved siden af {high}, procent og andele af 1 i samme kolonne, som det ser ud",
)
AS_PERCENT = Text("as percent: {value} %", "som procent: {value} %")
AS_SHARE = Text("as a share of 1: {value} %", "som andel af 1: {value} %")
WHICH_STATE = Text(
    "{column}: is {count} x {value} open, won or lost?",
    "{column}: er {count} x {value} åben, vundet eller tabt?",
)
TAKEN_AS_OPEN = Text(
    "{column}: taken as open, for they are not named as won or lost: {stages}",
    "{column}: regnet som åbne, for de er ikke navngivet som vundet eller tabt: {stages}",
)
STATE_BESIDE = Text(
    "column {column} tells what is open, won and lost, and overrides the stage (name it as state in [columns])",
    "kolonnen {column} siger, hvad der er åbent, vundet og tabt, og går foran fasen (angiv den som "
    "state i [columns])",
)
UNKNOWN_STATE = Text(
    '{column}: "{value}" is neither open, won nor lost as far as [states] tells; it has {known}: name it there',
    '{column}: "{value}" er hverken åben, vundet eller tabt, så vidt [states] siger; den har {known}: angiv den dér',
)
EMPTY = Text("{column}: must not be empty", "{column}: må ikke være tom")
NO_SELLER_COLUMN = Text(
    "no column tells who sells: name it as seller_id in a mapping, or give --seller",
    "ingen kolonne siger, hvem der sælger: angiv den som seller_id i en tilordning, eller giv --seller",
)
NO_AMOUNT_COLUMN = Text(
    "no column tells what a deal is worth, and revenue would be 0; it has {there}: name it as estimated_value or "
    'actual_value in a mapping (without amounts: estimated_value = "0" in [constants])',
    "ingen kolonne siger, hvad en handel er værd, og omsætningen ville blive 0; den har {there}: angiv den som "
    'estimated_value eller actual_value i en tilordning (uden beløb: estimated_value = "0" i [constants])',
)
NO_AMOUNTS = Text(
    "no column tells what a deal is worth: all count with 0",
    "ingen kolonne siger, hvad en handel er værd: alle tæller med 0",
)
EMPTY_AMOUNTS = Text(
    "{column}: no row has an amount: all deals count with 0",
    "{column}: ingen række har et beløb: alle handler tæller med 0",
)
NO_COLUMN = Text(
    "has no column {names}; it has {there}",
    "har ikke kolonnen {names}; den har {there}",
)
DID_YOU_MEAN = Text("did you mean {near}?", "mente du {near}?")
TWICE_A_COLUMN = Text(
    "has two columns {column} that differ, as in this line: rename one of them",
    "har to kolonner {column}, som er forskellige, som i denne linje: omdøb den ene",
)
CELLS = Text(
    "has {found} cells, and the header {wanted}: is a separator or a quotation mark missing?",
    "har {found} celler, og overskriften {wanted}: mangler et skilletegn eller et anførselstegn?",
)
NEGATIVE = Text(
    "{column}: is negative{value}, and a deal's value cannot be: book credit notes elsewhere, or mend it",
    "{column}: er negativ{value}, og det kan en handels værdi ikke være: bogfør kreditnotaer et andet "
    "sted, eller ret den",
)
TOO_LARGE = Text("{column}: is too large{value}", "{column}: er for stor{value}")
OUTSIDE = Text(
    "{column}: must lie between the years 2000 and 2080{value}",
    "{column}: skal ligge mellem årene 2000 og 2080{value}",
)
NOT_A_SHARE = Text(
    "{column}: must lie between 0 and 100 %{value}", "{column}: skal ligge mellem 0 og 100 %{value}"
)
OTHER_CURRENCY = Text(
    "is in {found}, and reports are in {wanted}: convert it, or map a column with the value in "
    "{wanted} as base_value",
    "er i {found}, og rapporterne er i {wanted}: omregn den, eller tilordn en kolonne med værdien i "
    "{wanted} som base_value",
)
NO_CLOSING_DAY = Text(
    "{column}: must tell when the deal was {state}", "{column}: skal sige, hvornår handlen blev {state}"
)
NOT_PRICED = Text(
    "{column}: no price list has it, and no column tells the estimated value",
    "{column}: ingen prisliste har den, og ingen kolonne siger den anslåede værdi",
)
SAME_ID = Text(
    "id {id} stands in lines {lines} with other values and no time of change to tell which holds: "
    "none of them is sent",
    "id {id} står i linje {lines} med forskellige værdier og intet ændringstidspunkt, der siger, "
    "hvilken der gælder: ingen af dem sendes",
)
SAME_ROW = Text(
    "the same row stands twice, and counts once", "den samme række står to gange og tæller én gang"
)
SAME_NAME = Text(
    "no column has ids, and lines {lines} have the same name and customer: none of them is sent; "
    "export the file with ids",
    "ingen kolonne har id'er, og linje {lines} har samme navn og kunde: ingen af dem sendes; "
    "eksportér filen med id'er",
)
NO_IDS = Text(
    "no column has ids: a deal is known by its name and customer, and is another one when these change",
    "ingen kolonne har id'er: en handel kendes på sit navn og sin kunde og er en anden, når de ændres",
)
WON_BY_ESTIMATE = Text(
    "won without an actual amount: the estimated one counts as revenue",
    "vundet uden et faktisk beløb: det anslåede tæller som omsætning",
)
BY_RATE = Text(
    "without an amount in the currency of reports: it follows from {column}",
    "uden et beløb i rapporternes valuta: det følger af {column}",
)
WON_FOR_NOTHING = Text(
    "won without any amount: counts with a revenue of 0",
    "vundet uden noget beløb: tæller med en omsætning på 0",
)
OPENED_LATE = Text(
    "opened after it was closed, as deals registered afterwards are: the opening is set before the closing",
    "oprettet efter den blev lukket, som handler registreret bagefter: oprettelsen sættes før lukningen",
)
CLOSED_AHEAD = Text(
    "closed, with a closing day ahead: it counts on the day of its last change, or of the file",
    "lukket, med en lukkedag ude i fremtiden: den tæller på dagen for sin sidste ændring eller filens dag",
)
CLOSED_WHEN_CHANGED = Text(
    "closed without a closing day: it counts on the day of its last change",
    "lukket uden en lukkedag: den tæller på dagen for sin sidste ændring",
)
CHANGED_AHEAD = Text(
    "changed in the future, by its time: the file's own time stands instead",
    "ændret i fremtiden ifølge sit tidspunkt: filens egen tid står i stedet",
)
NO_ROWS = Text(
    "has a header and no rows: was it exported with a filter?",
    "har en overskrift og ingen rækker: blev den eksporteret med et filter?",
)
UNKNOWN_COLUMNS = Text(
    "is a table, but not one of deals, activities, sellers or periods as far as its columns tell, which are {there}: "
    "say with --mapping which is which; docs/importing.md tells how",
    "er en tabel, men ikke en over handler, aktiviteter, sælgere eller perioder, så vidt dens kolonner siger, nemlig "
    "{there}: sig med --mapping, hvad der er hvad; docs/importing.md fortæller hvordan",
)
GROUPED = Text(
    "{column}: stands once for several rows, as in a report with groups: export it without groups (Salesforce: "
    '"Details Only"), or fill the column down',
    "{column}: står kun én gang for flere rækker, som i en rapport med grupper: eksportér den uden grupper "
    '(Salesforce: "Kun detaljer"), eller udfyld kolonnen i hver række',
)
SUMS_ONLY = Text(
    "is a report of groups or of their sums, and not a list of deals: export the deals themselves, a row each "
    '(Salesforce: "Details Only")',
    "er en rapport over grupper eller deres summer og ikke en liste over handler: eksportér selve handlerne, én række "
    'til hver (Salesforce: "Kun detaljer")',
)
BLANK_ROWS = Text("blank rows", "tomme rækker")
TOTAL_ROWS = Text("rows that add up others: no deals", "rækker, der lægger andre sammen: ingen handler")
FOOTER_ROWS = Text(
    "lines that the report puts around the table: no deals",
    "linjer, som rapporten sætter om tabellen: ingen handler",
)
UNKNOWN_KIND = Text(
    '{column}: "{value}" takes no customer\'s time, and is left out (name it in [kinds] if it does)',
    '{column}: "{value}" tager ingen kundes tid og udelades (angiv den i [kinds], hvis den gør)',
)
NOT_YET = Text("is planned, and has not happened yet", "er planlagt og er ikke sket endnu")
CALLED_OFF = Text("was called off", "blev aflyst")
NO_DURATION = Text("has no duration: counts with 0 minutes", "har ingen varighed: tæller med 0 minutter")
WHICH_UNIT = Text("{column}: {value} can be read in two ways", "{column}: {value} kan læses på to måder")
AS_MINUTES = Text("as minutes", "som minutter")
AS_SECONDS = Text("as seconds", "som sekunder")
AS_CLOCK = Text("as hours and minutes", "som timer og minutter")
AS_STOPWATCH = Text("as minutes and seconds", "som minutter og sekunder")
TOO_SHORT = Text("{column}: is negative{value}", "{column}: er negativ{value}")
TAKEN_ID = Text(
    "id {id} stands in line {first} with other values: this row is left out",
    "id {id} står i linje {first} med andre værdier: denne række udelades",
)
TOO_LONG = Text("{column}: is longer than a day{value}", "{column}: er længere end et døgn{value}")
ENDS_BEFORE = Text("ends before it starts", "slutter, før den begynder")
NO_SUCH_DEAL = Text(
    "names a deal that no file of this import has: it counts for its seller only",
    "nævner en handel, som ingen fil i denne import har: den tæller kun for sin sælger",
)
NO_PERIOD = Text(
    "{column}: must be a period like 2026-Q4, 2026-10 or 2026, or the file needs a first and a last day",
    "{column}: skal være en periode som 2026-Q4, 2026-10 eller 2026, ellers skal filen have en første "
    "og en sidste dag",
)
NOT_TRUTH = Text("{column}: must be yes or no", "{column}: skal være ja eller nej")
KNOWN_WORDS = {"won": Text("won", "vundet"), "lost": Text("lost", "tabt"), "open": Text("open", "åben"),
               "removed": Text("removed", "slettet")}  # fmt: skip
