"""What the page itself says, outside the dashboards."""

from __future__ import annotations

from grafana.i18n import Text
from streams.sellers.model import UnknownSellerError
from streams.trackers.model import (
    AlreadyTrackedError,
    InvalidTrackerError,
    NotChangedError,
    NotReprocessedError,
    NotStoredYetError,
    OvertakenError,
    ReprocessingError,
    TrackerError,
    UnknownTrackerError,
)

LOADING = Text("loading …", "henter …")
BROKEN = Text("This panel cannot be shown: {reason}", "Dette panel kan ikke vises: {reason}")
TOO_SLOW = Text("no answer within {seconds} s", "intet svar inden for {seconds} sek.")
UNREACHABLE = Text("the database does not answer", "databasen svarer ikke")
NO_DASHBOARD = Text("There is no dashboard {uid}.", "Der findes intet dashboard {uid}.")
BAD_RANGE = Text(
    "The time range in the address cannot be read: {reason}", "Tidsrummet i adressen kan ikke læses: {reason}"
)
STALE = Text(
    "No new data for {age}. What you see is not live.",
    "Ingen nye data i {age}. Det, du ser, er ikke live.",
)
NO_EVENTS = Text(
    "Nothing has arrived yet. Waiting for the first event.",
    "Intet er ankommet endnu. Venter på første hændelse.",
)
NO_ANSWER = Text(
    "The database does not answer. What you see may be old.",
    "Databasen svarer ikke. Det, du ser, kan være gammelt.",
)
LOST = Text(
    "No connection to Salgspuls. What you see is {age} old and not live.",
    "Ingen forbindelse til Salgspuls. Det, du ser, er {age} gammelt og ikke live.",
)
AS_OF = Text("as of {time}: {reason}", "fra {time}: {reason}")
FRESH = Text("live, updated {age} ago", "live, opdateret for {age} siden")
RANGE = Text("Time range", "Tidsrum")
CUSTOM = Text("Custom", "Brugerdefineret")
FROM = Text("From", "Fra")
TO = Text("To", "Til")
APPLY = Text("Apply", "Anvend")
OTHER_LANGUAGE = Text("Dansk", "English")
EVERYBODY = Text("all teams", "alle teams")
PAGES = Text("Pages", "Sider")
SKIP = Text("Skip to the numbers", "Gå til tallene")
ABOUT = Text("About this number", "Om dette tal")
SECONDS = Text("{count} s", "{count} sek.")
MINUTES = Text("{count} minutes", "{count} minutter")
HOURS = Text("{count} hours", "{count} timer")
DAYS = Text("{count} days", "{count} dage")

EDIT_TRACKER = Text("Add, change or remove", "Tilføj, ret eller fjern")
WHICH = Text("Which", "Hvilket")
NEW_TRACKER = Text("a new one", "et nyt")
NAME = Text("Name", "Navn")
NAME_IT = Text("Give it a name first.", "Giv det først et navn.")
KIND = Text("Kind", "Art")
KEYWORD = Text("keyword", "nøgleord")
COMPETITOR = Text("competitor", "konkurrent")
ALIASES = Text("Also as, with commas between", "Også som, med komma imellem")
LANGUAGE = Text("Language", "Sprog")
ANY_LANGUAGE = Text("any", "alle")
SIDE = Text("Said by", "Sagt af")
EITHER_SIDE = Text("either side", "begge sider")
SELLER = Text("seller", "sælger")
CUSTOMER = Text("customer", "kunde")
WORD_FORMS = Text("Word forms too", "Også bøjninger")
COMPOUNDS = Text("Danish compounds too", "Også sammensætninger")
AS_NAME = Text("Said as", "Sagt som")
AS_NAME_AUTOMATIC = Text("automatic", "automatisk")
AS_NAME_ONLY = Text("a name only", "kun som navn")
AS_WORD_TOO = Text("a name or a word", "navn eller ord")
COMMON_WORD = Text(
    "This is an everyday word. “A name only” counts it where it is written with a capital or stands like a name;"
    " “automatic” does so for competitors.",
    "Det er et almindeligt ord. »Kun som navn« tæller det, hvor det har stort begyndelsesbogstav eller står som et"
    " navn; »automatisk« gør det for konkurrenter.",
)
SAVE = Text("Save", "Gem")
REMOVE = Text("Remove", "Fjern")
RECOMPUTE = Text("Reprocess past calls", "Genberegn tidligere opkald")
RECOMPUTE_IS = Text(
    "Searches stored calls for the current trackers, as far back as their text is kept. Takes a while.",
    "Gennemsøger gemte opkald efter det, der spores nu, så langt tilbage som teksten er gemt. Det tager en stund.",
)
RECOMPUTING = Text("Reprocessing past calls …", "Genberegner tidligere opkald …")
RECOMPUTED = Text("Past calls are reprocessed.", "Tidligere opkald er genberegnet.")
SAVED = Text(
    "{name} is tracked from now on. Past calls follow when they are reprocessed.",
    "{name} spores fra nu af. Tidligere opkald følger med, når de genberegnes.",
)
REMOVED = Text("{name} is no longer tracked.", "{name} spores ikke længere.")
TRACK = Text("Track as", "Spor som")
READ_ONLY = Text(
    "This page only reads: it is served with SALGSPULS_WEB_EDIT_TRACKERS=false. Change trackers with"
    " salgspuls trackers on a command line.",
    "Denne side læser kun: den køres med SALGSPULS_WEB_EDIT_TRACKERS=false. Ret det, der spores, med"
    " salgspuls trackers på en kommandolinje.",
)
STAR = Text("Top seller by star", "Bedste sælger med stjerne")
STARRED = Text(
    "The star is given. Top sellers are those with a star.",
    "Stjernen er givet. De bedste er dem med stjerne.",
)
UNSTARRED = Text("The star is taken away.", "Stjernen er fjernet.")
TRACKER_ERRORS: dict[type[TrackerError], Text] = {
    AlreadyTrackedError: Text(
        "{name} is already tracked: choose it under “Which” to change it.",
        "{name} spores allerede: vælg det under »Hvilket« for at rette det.",
    ),
    OvertakenError: Text(
        "Somebody else has changed {name} in the meantime, so nothing was saved. The form shows how it is now.",
        "En anden har ændret {name} imens, så intet blev gemt. Formularen viser, hvordan det er nu.",
    ),
    UnknownTrackerError: Text(
        "There is no tracker {tracker_id} any more.", "{tracker_id} spores ikke længere."
    ),
    UnknownSellerError: Text(
        "No event has named the seller {seller_id} yet.",
        "Ingen hændelse har nævnt sælgeren {seller_id} endnu.",
    ),
    InvalidTrackerError: Text("That cannot be tracked. {reason}", "Det kan ikke spores. {reason}"),
    NotChangedError: Text("The change did not get through. {reason}", "Ændringen kom ikke igennem. {reason}"),
    NotStoredYetError: Text(
        "The change is sent, and takes effect once a worker has stored it. {reason}",
        "Ændringen er sendt og virker, når en worker har gemt den. {reason}",
    ),
    NotReprocessedError: Text(
        "Past calls could not be reprocessed. {reason}", "Tidligere opkald kunne ikke genberegnes. {reason}"
    ),
    ReprocessingError: Text(
        "Past calls are being reprocessed already.", "Tidligere opkald er allerede ved at blive genberegnet."
    ),
}
"""What the page says of each error of an edit, filled in with the error's values."""

ALERT = Text("Alert", "Alarm")
SEE = Text("Show", "Vis")
NO_ALERTS = Text("No alert fires", "Ingen alarm er udløst")
FIRING = Text("firing", "udløst")
PENDING = Text("pending", "afventer")
NORMAL = Text("normal", "normal")
MAY_BE_MORE = Text(
    "The first {count} are shown, there may be more: narrow them down above.",
    "De første {count} er vist, der kan være flere: indsnævr ovenfor.",
)
MORE_ALERTS = Text("and {count} more", "og {count} mere")
SIGN_IN = Text("Sign in", "Log ind")
SIGN_OUT = Text("Sign out", "Log ud")
USER_NAME = Text("User name", "Brugernavn")
PASSWORD = Text("Password", "Adgangskode")
WRONG_SIGN_IN = Text("User name or password is wrong.", "Brugernavn eller adgangskode er forkert.")
SIGN_IN_LATER = Text(
    "Too many wrong attempts. Try again in {minutes} min.",
    "For mange forkerte forsøg. Prøv igen om {minutes} min.",
)
NOT_YOURS = Text("This page is not open to you.", "Du har ikke adgang til denne side.")
