"""What the import says of whole files, in Danish and English."""

from __future__ import annotations

from streams.language import Text

TOO_LARGE = Text("{size} bytes, at most {most} in one {what}", "{size} byte, højst {most} i {what_da}")
LONG_LINE = Text(
    "longer than {most} bytes, which no line of a transcript is",
    "længere end {most} byte, som ingen linje i en udskrift er",
)
LONG_EVENT = Text(
    "longer than {most} bytes, which no event is", "længere end {most} byte, som ingen hændelse er"
)
LONG_ROW = Text(
    "longer than {most} characters, which no row of a table is",
    "længere end {most} tegn, som ingen række i en tabel er",
)
EMPTY = Text("is empty: was it saved to the end?", "er tom: blev den gemt færdig?")
NO_OBJECT = Text("is no JSON object", "er ikke et JSON-objekt")
NOT_AN_OBJECT = Text("must be a JSON object", "skal være et JSON-objekt")
NOT_A_LIST = Text("must be a list", "skal være en liste")
SEVERAL_VALUES = Text("is more than one JSON value", "er mere end én JSON-værdi")
NOT_UTF8 = Text("is not UTF-8: {why} at byte {at}", "er ikke UTF-8: {why} ved byte {at}")
TOO_DEEP = Text("is nested too deeply to be a transcript", "er indlejret for dybt til at være en udskrift")
LONG_NUMBER = Text("has a number of thousands of digits", "har et tal med tusindvis af cifre")
NOT_JSON = Text("is not JSON: {why}", "er ikke JSON: {why}")
NO_TRANSCRIPTS_JSON = Text("is not JSON that a transcript may be", "er ikke JSON, som en udskrift kan være")
UNKNOWN_FORMAT = Text(
    "of no known format, which are: {known}. For other CSV give --mapping; docs/importing.md tells how",
    "af intet kendt format; de er: {known}. Til anden CSV giv --mapping; docs/importing.md fortæller hvordan",
)
NOW_IS_FOR_TRANSCRIPTS = Text(
    "--as-if-now is for transcripts; these events say when they happened",
    "--as-if-now er til udskrifter; disse hændelser siger selv, hvornår de skete",
)

NO_WORKBOOK = Text("is no workbook that can be read: {why}", "er ikke en projektmappe, der kan læses: {why}")
NO_SHEET = Text(
    "has no sheet with a table: a header and rows below it",
    "har intet ark med en tabel: en overskrift og rækker under den",
)
LARGE_OLE = Text(
    "is larger than {most} bytes: save it as .xlsx", "er større end {most} byte: gem den som .xlsx"
)
NO_WORKBOOK_IN_ZIP = Text(
    "is a ZIP file, and no workbook: unpack it first",
    "er en ZIP-fil og ikke en projektmappe: pak den ud først",
)
BOMB = Text(
    "unpacks to more than {total} MB from {packed} kB, as no honest workbook does: it is refused; save it as CSV",
    "fylder udpakket mere end {total} MB fra {packed} kB, som ingen ærlig projektmappe gør: den afvises; gem den som "
    "CSV",
)
BURSTS = Text(
    "does not open within {most} GB of memory, as with a cell in the last corner of a sheet: it is refused; save it as "
    "CSV",
    "kan ikke åbnes inden for {most} GB hukommelse, som når der står en celle i arkets sidste hjørne: den afvises; gem "
    "den som CSV",
)
ENTITIES = Text(
    "its XML declares entities, which Excel never does: it is refused",
    "dens XML erklærer entiteter, som Excel aldrig gør: den afvises",
)
NO_SUCH_SHEET = Text("has no sheet {sheet}; it has {there}", "har ikke arket {sheet}; den har {there}")

HIDDEN_ROWS = Text(
    "{count} rows are hidden, by a filter or by hand, and count like the others",
    "{count} rækker er skjult, af et filter eller med hånden, og tæller som de andre",
)
NO_VALUES = Text(
    "{cell}: has a formula whose value was never saved, as programs write it: open the workbook in Excel or "
    "LibreOffice, save it, and import it again",
    "{cell}: har en formel, hvis værdi aldrig er gemt, som programmer skriver den: åbn projektmappen i Excel eller "
    "LibreOffice, gem den, og importér den igen",
)
OTHER_IN_SHEET = Text(
    "the sheets {one} and {other} hold the same deals with other values (id {id}): name the one that holds as sheet in "
    "a mapping, or take the other out",
    "arkene {one} og {other} har de samme handler med andre værdier (id {id}): angiv det, der gælder, som sheet i en "
    "tilordning, eller fjern det andet",
)

FORM = Text("{encoding}, {separator}", "{encoding}, {separator}")
MENDED_FORM = Text(
    "{encoding}, its broken letters mended, {separator}",
    "{encoding}, med ødelagte bogstaver rettet, {separator}",
)
SHEET = Text("sheet {name}", "arket {name}")
RECORDS = Text("JSON records", "JSON-poster")
NO_TABLE = Text(
    "is no table: no line has two cells, whatever separates them",
    "er ikke en tabel: ingen linje har to celler, uanset hvad der skiller dem",
)
QUOTE_WITHIN = Text(
    "has a quotation mark within a quoted cell: it must be doubled",
    "har et anførselstegn i en celle med anførselstegn om: det skal skrives dobbelt",
)
QUOTE_OPEN = Text("opens a quotation mark that is never closed", "åbner et anførselstegn, der aldrig lukkes")
NO_CSV = Text("is not CSV: {why}", "er ikke CSV: {why}")
MENDED = Text(
    "letters were broken when the file was saved (as Ã¸ for ø), and are put right",
    "bogstaver gik i stykker, da filen blev gemt (som Ã¸ for ø), og er rettet",
)
NO_LETTER = Text(
    "byte {byte} is no letter of {encoding}: export it as UTF-8",
    "byte {byte} er intet bogstav i {encoding}: eksportér den som UTF-8",
)
TWO_ENCODINGS = Text(
    "some letters are broken and others are not (as Ã¸ for ø): the file was put together from two encodings; in line "
    "{clean} they are right: export it again as UTF-8",
    "nogle bogstaver er i stykker, og andre er ikke (som Ã¸ for ø): filen er sat sammen af to kodninger; i linje "
    "{clean} er de rigtige: eksportér den igen som UTF-8",
)
LOST_LETTERS = Text(
    "letters were lost when the file was saved (there is \N{REPLACEMENT CHARACTER} instead): export it again as UTF-8",
    "bogstaver gik tabt, da filen blev gemt (der står \N{REPLACEMENT CHARACTER} i stedet): eksportér den igen som "
    "UTF-8",
)
UTF_32 = Text(
    "is UTF-32, which no CRM writes: save it as UTF-8", "er UTF-32, som intet CRM skriver: gem den som UTF-8"
)
ZEROS = Text("is no text: it holds bytes of zero", "er ikke tekst: den indeholder nul-byte")
IS_UTF8 = Text(
    'is UTF-8, with letters beyond ASCII, and the mapping says {given}: set encoding = "utf-8"',
    'er UTF-8 med bogstaver uden for ASCII, og tilordningen siger {given}: sæt encoding = "utf-8"',
)
IS_ENCODED = Text(
    'is {name}, and the mapping says {given}: set encoding = "{found}"',
    'er {name}, og tilordningen siger {given}: sæt encoding = "{found}"',
)
NOT_ENCODED = Text(
    "is not {encoding}: leave the mapping's encoding out, and it is found by itself",
    "er ikke {encoding}: udelad tilordningens encoding, så findes den af sig selv",
)
ONE_PAGE = Text(
    "is one page, {count} records{of}, and says that there are more: fetch all pages into one file",
    "er én side, {count} poster{of_da}, og siger, at der er flere: hent alle sider i én fil",
)
SOME_PAGES = Text(
    "holds {pages} pages, {count} records{of}, and says that there are more: fetch all pages into one file",
    "indeholder {pages} sider, {count} poster{of_da}, og siger, at der er flere: hent alle sider i én fil",
)

NO_PRICE_COLUMN = Text("{file} has no column {names}", "{file} har ikke kolonnen {names}")
NO_PRICE = Text(
    "{file}, line {line}: {column} must hold numbers", "{file}, linje {line}: {column} skal indeholde tal"
)
NO_PRICE_LIST = Text(
    "{file} is needed beside {beside}: it tells the estimated values",
    "{file} skal ligge ved siden af {beside}: den har de anslåede værdier",
)

CANNOT_BE_READ = Text("{path}: cannot be read: {why}", "{path}: kan ikke læses: {why}")
NOT_TOML = Text("{path}: not TOML: {why}", "{path}: er ikke TOML: {why}")
NO_NEEDED_COLUMN = Text(
    "{path}: [columns] has no {names}: name its column, or a constant",
    "{path}: [columns] har ikke {names_da}: angiv kolonnen eller en konstant",
)
NO_SUCH_FIELD = Text(
    "{path}: constants.{name}: no such field; there are {known}",
    "{path}: constants.{name}: det felt findes ikke; der er {known}",
)
NO_CONSTANT = Text(
    "{path}: constants.{name}: only a text or an amount can hold of every row",
    "{path}: constants.{name}: kun en tekst eller et beløb kan gælde for alle rækker",
)
NO_AMOUNT = Text(
    "{path}: constants.{name}: must be an amount as 1250.00, not {value}",
    "{path}: constants.{name}: skal være et beløb som 1250.00, ikke {value}",
)
