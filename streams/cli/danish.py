"""The help of the commands that people use by hand, and what they are told of wrong usage, in Danish.

English stands with each option, where click wants it. It is Danish with SALGSPULS_WEB_LANGUAGE=da in the environment:
settings in a file are not read for a help text.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple  # Any: whatever click passes on

import click

_HEADINGS = {"Options": "Valgmuligheder", "Commands": "Kommandoer"}
_WORDS = (
    (re.compile(r"Show this message and exit\."), "Vis denne hjælp, og slut."),
    (re.compile(r"\[default: "), "[ellers: "),
    (re.compile(r"\[required\]"), "[skal angives]"),
)
_INVALID = r"Invalid value for '(?P<a>.+?)': "
_ERRORS = tuple(
    (re.compile(pattern, re.DOTALL), danish)
    for pattern, danish in (
        (r"No such option:? '?(?P<a>--?[\w-]+)'?\.?(?: \(?Did you mean (?P<near>.+?)\??\)?)?$",
         "der er ingen valgmulighed {a}"),
        (r"No such command '(?P<a>.+)'\.$", "der er ingen kommando {a}"),
        (r"Missing (?:option|argument|parameter) '(?P<a>[^']+)'\.?(?: Choose from:\s*(?P<choice>.+))?",
         "{a} mangler"),
        (r"Option '(?P<a>.+)' requires an argument\.", "valgmuligheden {a} skal have en værdi"),
        (r"Got unexpected extra arguments? \((?P<a>.+)\)", "for mange argumenter ({a})"),
        (_INVALID + r"(?:File|Path|Directory) '(?P<b>.+)' does not exist\.", "{a}: {b} findes ikke"),
        (_INVALID + r"(?:File|Path) '(?P<b>.+)' is a directory\.", "{a}: {b} er en mappe"),
        (_INVALID + r"File '(?P<b>.+)' is a pipe or a device, not a file: .+",
         "{a}: {b} er et rør (pipe) eller en enhed og ikke en fil: gem først indholdet som en fil"),
        (_INVALID + r"Directory '(?P<b>.+)' is a file\.", "{a}: {b} er en fil"),
        (_INVALID + r"'?(?P<b>.+?)'? is not one of (?P<c>.+)\.", "{a}: {b} er ikke en af {c}"),
        (_INVALID + r"'?(?P<b>.+?)'? is not a valid (?:integer|float)(?: range)?\.", "{a}: {b} er ikke et tal"),
        (_INVALID + r"(?P<b>.+) is not in the range (?P<c>.+)\.", "{a}: {b} ligger ikke i {c}"),
    )
)  # fmt: skip


class Help(NamedTuple):
    """Of a command: what it is for, and its options by name."""

    text: str
    options: dict[str, str]


HELP: dict[str, Help] = {
    "import": Help(
        """Send handler, aktiviteter, sælgere, perioder og opkald fra FILES. Hvilket format en fil har, ses af dens
        indhold.

        Tabeller fra CRM-systemer (CSV, Excel, poster i JSON) ses igennem først: du ser, hvordan de blev forstået, og
        bliver spurgt, før noget sendes. Importeres en fil igen, sendes det, der er ændret. Intet sendes af en tabel,
        hvor en kolonne ikke passer; andre poster, der ikke kan læses, meldes og udelades.

        Slutkode: 0 alt er gemt; 1 noget blev udeladt eller afvist, eller intet blev sendt; 2 forkert brug; 3 sendt, og
        ingen worker har gemt det endnu.

        \b
        Eksempler:
          salgspuls import handler.xlsx
          salgspuls import handler.csv --dry-run --json
          salgspuls import handler.csv --save-mapping vores-crm.toml --dry-run
          salgspuls import handler.csv --mapping vores-crm.toml --yes
          salgspuls import opkald.json --seller saelger-17 --consent --started-at 2026-11-24T09:30:00Z
          salgspuls import --watch indbakke --seller-list saelgere.txt --consent
        """,
        {
            "seller_id": "Hvem der sælger i opkald eller handler, hvor en fil ikke siger det.",
            "seller_speakers": "Navn, betegnelse eller kanal for den, der sælger, hvor en fil ikke viser siderne; kan "
            "angives flere gange.",
            "seller_list": "Det samme fra en fil: ét navn pr. linje, for alle, der sælger.",
            "consent": "Om opkald må analyseres ud over deres tider; skal siges, hvor en fil ikke gør det. "
            "--no-consent gælder for hver fil: ingen tekst gemmes.",
            "started_at": "Hvornår et opkald begyndte, hvor en fil ikke siger det.",
            "as_if_now": "Tag opkald, som om de skete nu, som opkald for sig.",
            "speed": "Afspil: 1 sender hver hændelse i det tempo, den skete, 60 et minut i sekundet; ellers alt på én "
            "gang.",
            "language": "Opkaldenes sprog, som da eller en-US, hvor en fil ikke siger det.",
            "currency": "Handlernes valuta, hvor en fil ikke siger det; ellers rapporternes.",
            "mapping": "Hvilken kolonne i en tabel der er hvad, i TOML.",
            "save_mapping": "Skriv den første tabels tilordning til en fil, som kan ændres og gives som --mapping.",
            "date_format": "Hvordan en tabels datoer er skrevet, som %d-%m-%Y.",
            "decimal": "Hvad der står foran decimalerne i en tabel.",
            "whole": "Filerne har alle handler: hvad der er gemt og ikke er i dem, slettes.",
            "revision": "En højere retter det, en tidligere import sagde.",
            "call_id": "Hvilket opkald en udskrift er, i stedet for det, filen siger.",
            "watched": "Importér hver fil, der lægges i en mappe, indtil det afbrydes.",
            "blind": "Send alt i en tabel uden at sammenligne med det, der er gemt.",
            "yes": "Send uden at spørge.",
            "dry_run": "Læs og tjek alt, send intet; kræver ingen server.",
            "as_json": "Med --dry-run: ét JSON-objekt med antal, summer og problemer.",
            "wait": "Hvor længe der ventes på, at en worker gemmer det, der sendes; 0 slet ikke.",
        },
    ),
    "trackers": Help(
        "De nøgleord og konkurrenter, som opkald gennemsøges for. Ændringer gælder inden for 5 s, uden genstart.", {}
    ),
    "trackers list": Help(
        """Vis det, der spores.

        \b
        Eksempel:
          salgspuls trackers list
        """,
        {"removed": "Også det, der er fjernet."},
    ),
    "trackers add": Help(
        """Spor et nøgleord eller en konkurrent fra nu af; findes TRACKER_ID, ændres det til det, der angives.

        TRACKER_ID dannes af navnet, når det udelades.

        \b
        Eksempel:
          salgspuls trackers add --name 'Contoso 360' --kind competitor --alias 'contoso three sixty'
        """,
        {
            "name": "Som folk siger og skriver det.",
            "kind": "Hvad det er: et nøgleord (keyword) eller en konkurrent (competitor).",
            "aliases": "En anden måde at sige det på; kan angives flere gange.",
            "language": "Kun på dette sprog, som da eller en-US.",
            "side": "Kun når denne side siger det.",
            "no_word_forms": "Ikke bøjet: kun som skrevet.",
            "no_compounds": "Ikke som første led i et dansk sammensat ord.",
            "only_as_name": "Kun hvor det siges som et navn, ved et stort bogstav eller ordene omkring; udeladt: "
            "konkurrenter, der er ord.",
        },
    ),
    "trackers remove": Help(
        """Hold op med at spore TRACKER_ID. Hvad der er fundet før, bliver.

        \b
        Eksempel:
          salgspuls trackers remove contoso-360
        """,
        {},
    ),
    "analyze": Help(
        """Vis ét opkalds tal, fra en FILE i et format, som `salgspuls import` læser, uden nogen server.

        Intet gemmes eller sendes. I JSON er tider millisekunder, forhold og andele 0 til 1, synspunkter -1 til 1.

        \b
        Eksempler:
          salgspuls analyze opkald.json
          salgspuls analyze haendelser.jsonl --call-id opkald-7 --trackers trackers.jsonl --json
        """,
        {
            "as_json": "Som ét JSON-objekt, til programmer.",
            "call_id": "Hvilket opkald, når filen har flere.",
            "trackers_file": "Nøgleord og konkurrenter, der lyttes efter: hændelser af typen tracker_changed i "
            "JSON Lines.",
            "seller_speakers": "Navn, betegnelse eller kanal for den, der sælger, hvor filen ikke siger det; kan "
            "angives flere gange.",
            "language": "Sprog, som da eller en-US, hvor filen ikke siger det; ellers genkendes det.",
        },
    ),
    "doctor": Help(
        """Se på indstillinger, Kafka, ClickHouse og workeren, og sig om hver, hvad der er galt, og hvad der skal gøres.

        Slutkode 1, når noget er galt; en advarsel ændrer den ikke.

        \b
        Eksempel:
          salgspuls doctor
        """,
        {"as_json": "Ét JSON-array i stedet for linjer."},
    ),
}  # fmt: skip


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args.replace("[OPTIONS]", "[VALG]"), prefix or "Brug: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Any, *args: Any, **named: Any) -> None:
        super().write_dl([(first, _in_words(second)) for first, second in rows], *args, **named)


class _Context(click.Context):
    formatter_class = _Formatter


def _in_words(text: str) -> str:
    for pattern, danish in _WORDS:
        text = pattern.sub(danish, text)
    return text


def translated(command: click.Command, path: str) -> click.Command:
    """A command with its help in Danish, as far as there is any, and that of its own commands."""
    command.context_class = _Context
    if (found := HELP.get(path)) is not None:
        command.help = found.text
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.name in found.options:
                parameter.help = found.options[parameter.name]
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            translated(inner, f"{path} {name}")
    return command


def in_danish(error: click.ClickException) -> str:
    """What was wrong, in Danish where click says it; what a command says, it says in Danish itself."""
    message = error.format_message()
    for pattern, danish in _ERRORS:
        if (found := pattern.match(message)) is not None:
            parts = {name: part or "" for name, part in found.groupdict().items()}
            near, choice = parts.get("near"), " ".join(parts.get("choice", "").split())
            more = f"; mente du {near}?" if near else f"; vælg mellem {choice}" if choice else ""
            return danish.format(**parts) + more
    return message


def show(error: click.ClickException) -> None:
    """Say on standard error what was wrong."""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
        click.echo(f"Prøv '{error.ctx.command_path} --help'.\n", err=True)
    click.echo(f"Fejl: {in_danish(error)}", err=True)
