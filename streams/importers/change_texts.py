"""What the import says of change messages, in Danish and English."""

from __future__ import annotations

from streams.language import Text

NOT_KNOWN_BEFORE = Text(
    "{names}: what it was before is not known: import a list of the deals first (docs/importing.md), begin with the "
    "message that created it, or import with ClickHouse running, which knows the deals of earlier imports",
    "{names}: hvad det var før, er ikke kendt: importér først en liste over handlerne (docs/importing.md), begynd med "
    "den besked, der oprettede handlen, eller importér, mens ClickHouse kører, som kender handlerne fra tidligere "
    "importer",
)
BITMAP = Text(
    "changedFields, nulledFields: a bitmap names fields that the message has not: decode it with all fields, also "
    "empty ones, in the schema's order",
    "changedFields, nulledFields: et bitmap nævner felter, som beskeden ikke har: afkod den med alle felter, også de "
    "tomme, i skemaets rækkefølge",
)
SOUNDS_CLOSED = Text(
    'StageName: "{stage}" sounds closed, and neither IsClosed nor IsWon says whether it was won or lost: the deal '
    "stays open; let the messages have both, or import a list of the deals with them",
    'StageName: "{stage}" lyder lukket, og hverken IsClosed eller IsWon siger, om den blev vundet eller tabt: handlen '
    "forbliver åben; lad beskederne have begge, eller importér en liste over handlerne med dem",
)
NO_BASE = Text(
    "{names}: comes without its _base, and nothing known of the deal has a rate: it counts as it stands, in the "
    "currency of reports; with several currencies, register the step with a post image that has the _base",
    "{names}: kommer uden sin _base, og intet kendt om handlen har en kurs: det tæller, som det står, i rapporternes "
    "valuta; med flere valutaer: registrér trinnet med et post image, der har _base",
)
NO_HEADER = Text("has no ChangeEventHeader", "har ingen ChangeEventHeader")
NO_OPPORTUNITY = Text(
    "{field}: must be {name}; other records are not read",
    "{field}: skal være {name}; andre poster læses ikke",
)
GAP = Text(
    "changeType: is a gap, which holds no fields: export the deals as a report or a query, and import that",
    "changeType: er et hul (gap), som ingen felter har: eksportér handlerne som en rapport eller en forespørgsel, og "
    "importér den",
)
NO_ASSIGNEE = Text("Assign: names no Assignee", "Assign: nævner ingen Assignee")
NO_STATE = Text("SetState: has no State", "SetState: har ingen State")
NO_ENTITIES = Text("Targets: has no entities", "Targets: har ingen poster")
NO_ENTITY_ID = Text("Targets: an entity without Id", "Targets: en post uden Id")
UNKNOWN_MESSAGE = Text("MessageName: must be one of {known}", "MessageName: skal være en af {known}")
STRIPPED = Text(
    "has no fields: the platform takes them out of messages larger than 256 KB; export the deal, and import that",
    "har ingen felter: platformen tager dem ud af beskeder over 256 KB; eksportér handlen, og importér den",
)
