"""What `salgspuls doctor` says, in Danish and English."""

from __future__ import annotations

from streams.language import Text

VALID = Text("valid", "gyldige")
CORRECT_THEM = Text("correct them; docs/settings.md has all", "ret dem; docs/settings.md har dem alle")

NO_KAFKA = Text("does not answer at {where}: {why}", "svarer ikke på {where}: {why}")
START_KAFKA = Text(
    "start the broker, or set {bootstrap} and {security}",
    "start brokeren, eller sæt {bootstrap} og {security}",
)
ANSWERS = Text("answers at {where}", "svarer på {where}")
SLOW_PRODUCER = Text("the broker lets none begin in time", "brokeren lader ingen begynde i tide")
LOOK_AT_LOAD = Text("look at the brokers' load", "se på brokernes belastning")
NOTHING_SENDS = Text("without it no command can send anything", "uden den kan ingen kommando sende noget")
NOT_TRIED_ANY_MORE = Text(
    "set {idempotent}=false, and it is not tried any more", "sæt {idempotent}=false, så prøves det ikke mere"
)
CAN_SEND = Text("events can be sent", "hændelser kan sendes")
ENSURE_TOPICS = Text("run `salgspuls topics ensure`", "kør `salgspuls topics ensure`")
TOPICS_WELL = Text("all {count} are as they should be", "alle {count} er, som de skal være")
NO_END = Text("no answer from {which}", "intet svar fra {which}")
LOOK_AT_BROKERS = Text("look at the brokers", "se på brokerne")
WAITING_LONG = Text(
    "messages that wait: {count}, the oldest for {age}", "beskeder, der venter: {count}, den ældste i {age}"
)
WAITING = Text("messages that wait: {count}", "beskeder, der venter: {count}")
BUSY_WORKER = Text(
    "look at the worker's log; if it is busy all the time, start another one",
    "se i workerens log; har den travlt hele tiden, så start en til",
)

START_CLICKHOUSE = Text("start it, or look at {names}", "start den, eller se på {names}")
CLICKHOUSE_ANSWERS = Text("{version} answers at {where}", "{version} svarer på {where}")
READER_WRITES = Text("its queries may write", "dens forespørgsler kan skrive")
MAKE_READONLY = Text(
    "give the reader's profile readonly = 1 (deploy/ has one), lest a page's query writes",
    "giv læserens profil readonly = 1 (deploy/ har en), så en sides forespørgsel ikke kan skrive",
)
READER_READS = Text("its queries can only read", "dens forespørgsler kan kun læse")
MIGRATE = Text("run `salgspuls migrate`", "kør `salgspuls migrate`")
CURRENT = Text("the database is current", "databasen er ajour")
OTHER_RETENTION = Text("kept other days than set: {tables}", "gemmes andre dage end angivet: {tables}")
RETENTION_OF = Text("{table} {kept}, not {wanted}", "{table} {kept}, ikke {wanted}")
FOR_EVER = Text("for ever", "for altid")
AS_SET = Text("as set", "som angivet")
SKEWED = Text(
    "ClickHouse's clock is {skew:+.1f} s off this machine's",
    "ClickHouses ur afviger {skew:+.1f} s fra denne maskines",
)
USE_NTP = Text("let both machines follow a time server (NTP)", "lad begge maskiner følge en tidsserver (NTP)")
IN_STEP = Text(
    "ClickHouse's is {skew:+.2f} s off this machine's",
    "ClickHouses afviger {skew:+.2f} s fra denne maskines",
)
DISK = Text(
    "{share:.0%} of ClickHouse's disk {name} are free ({free:.1f} GB)",
    "{share:.0%} af ClickHouses disk {name} er ledig ({free:.1f} GB)",
)
MAKE_ROOM = Text("make room, or shorten the retention", "gør plads, eller gem i kortere tid")
NO_CALL = Text("no call in three days", "intet opkald i tre dage")
SEND_SOME = Text(
    "send some: `salgspuls simulate`, `salgspuls import`, or your own producer",
    "send nogle: `salgspuls simulate`, `salgspuls import` eller din egen producer",
)
NEWEST = Text(
    "the newest event of a call was stored {age} ago",
    "den nyeste hændelse fra et opkald blev gemt for {age} siden",
)
LOOK_AT_SENDER = Text("look at what sends the calls", "se på det, der sender opkaldene")
REFUSED = Text("in the last hour {reasons}", "i den seneste time {reasons}")
MEND_PRODUCER = Text(
    "salgspuls.dead_letters says of each why and where it came from; mend the producer",
    "salgspuls.dead_letters siger om hver hvorfor, og hvor den kom fra; ret produceren",
)
NONE_REFUSED = Text("none in the last hour", "ingen i den seneste time")

NO_WORKER = Text("does not answer at {where}: {why}", "svarer ikke på {where}: {why}")
START_WORKER = Text(
    "start it: `salgspuls worker`; or set {host} and {port}",
    "start den: `salgspuls worker`; eller sæt {host} og {port}",
)
WORKER_WAITS = Text("runs and waits for {what}", "kører og venter på {what}")
LOG_SAYS_MORE = Text("its log says more", "dens log siger mere")
READY = Text("ready at {where}, with {count} partitions", "klar på {where} med {count} partitioner")

DAYS = Text("{count:.0f} days", "{count:.0f} dage")
HOURS = Text("{count:.0f} h", "{count:.0f} t")
MINUTES = Text("{count:.0f} min", "{count:.0f} min")
SECONDS = Text("{count:.1f} s", "{count:.1f} s")
NOTHING = Text("", "")
