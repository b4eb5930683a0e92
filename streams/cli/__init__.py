"""The command line `salgspuls`: one command a module, loaded when it is called, so that `--help` is there at once.

A command's module (`streams/cli/<name>.py`, `import_` for `import`) has a click command called `command`; what it is
for stands in the table below. It gets the `Session` by `@click.pass_obj`. An error ends in one line, never in a
traceback, unless `--debug` asks for it.
"""

from __future__ import annotations

import importlib
import io
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from streams import version
from streams.cli.session import Session
from streams.errors import SalgspulsError, exit_code_of
from streams.language import Language

COMMANDS = {
    "Try it": {
        "demo": "Everything on this machine: broker, worker, ClickHouse, simulated calls, page.",
        "simulate": "Send simulated sales calls and deals.",
        "analyze": "One call's numbers from a file, without any server.",
    },
    "Run it": {
        "worker": "Consume events, analyse them, store the results.",
        "web": "Serve the built-in page.",
        "clickhouse": "Serve ClickHouse's engine on this machine.",
    },
    "Fill it": {
        "import": "Send calls and deals from files.",
        "trackers": "List, add and remove the keywords and competitors to listen for.",
        "sellers": "Say who counts as a top seller.",
    },
    "Set it up and look after it": {
        "doctor": "Look at every part and say what is wrong.",
        "rebuild": "Reprocess stored calls after trackers or the analysis changed.",
        "erase": "Erase a customer's or a seller's data.",
        "users": "Say who may sign in to the page, and what they see.",
        "grafana": "Build, check, push and smoke-test dashboards and alerts.",
        "migrate": "Bring ClickHouse to this program's schema.",
        "topics": "List and create Kafka's topics.",
        "settings": "Show all settings.",
        "schemas": "Write JSON Schema and AsyncAPI of the events.",
        "sentiment": "Show the sentiment of sentences, and the words behind it.",
    },
}

_SUMMARIES = {name: summary for group in COMMANDS.values() for name, summary in group.items()}

FAILED = 1
INTERNAL_ERROR = 70  # EX_SOFTWARE
INTERRUPTED = 130


class LazyGroup(click.Group):
    """Knows its commands by name and summary; a command's module is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _SUMMARIES:
            return None
        name = "import_" if cmd_name == "import" else cmd_name
        command: click.Command = importlib.import_module(f"streams.cli.{name}").command
        if os.environ.get("SALGSPULS_WEB_LANGUAGE") == "da":
            from streams.cli.danish import translated

            return translated(command, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(map(len, _SUMMARIES))
        for title, commands in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), summary) for name, summary in commands.items()])


def _show_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"salgspuls {version()}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Settings come from the environment (SALGSPULS_...) or a file: `salgspuls settings` lists them. "
    "To begin: salgspuls demo",
)
@click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Settings in TOML; the environment overrides it.",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version.",
)
@click.pass_context
def cli(ctx: click.Context, config_file: Path | None, debug: bool) -> None:
    """Salgspuls: a sales manager's home page that is alive. Calls and deals, analysed while they happen."""
    # what libraries say while a short command runs is for --debug; commands that go on set up the real logs
    logging.basicConfig(handlers=None if debug else [logging.NullHandler()])
    ctx.obj = ctx.obj or Session()
    ctx.obj.config_file = config_file


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 done, 1 failed, 2 wrong usage, 70 a defect of ours, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, io.TextIOWrapper
        ):  # a file's name, or a letter that the terminal has not, ends nothing
            stream.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    session = Session()
    try:
        code = cli.main(args=given, prog_name="salgspuls", standalone_mode=False, obj=session)
        sys.exit(code if isinstance(code, int) else 0)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # the reader of our output (head, less) has enough; Python would complain once more when it flushes at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except click.ClickException as error:
        if session.language == "da":
            from streams.cli.danish import show

            show(error)
        else:
            error.show()
        sys.exit(error.exit_code)
    except Exception as error:
        if "--debug" in given:
            raise
        sys.exit(_report(error, session))


def _report(error: Exception, session: Session) -> int:
    code = exit_code_of(error)
    if code is not None:
        click.echo(f"Error: {in_words(error, session.language)}", err=True)
        return code
    from streams.logs.logs import describe

    click.echo(
        f"Error: {describe(error)}\nThis should not happen. `salgspuls --debug ...` shows where it came from.",
        err=True,
    )
    return INTERNAL_ERROR


def in_words(error: Exception, language: Language) -> str:
    """An error as people can read it; those of libraries are a number and a name by themselves."""
    origin = type(error).__module__.partition(".")[0]
    if origin == "aiokafka":
        from streams.kafka.errors import describe

        return describe(error, language)
    if origin == "clickhouse_connect":
        from clickhouse.client import describe as describe_clickhouse

        return describe_clickhouse(error, language)
    danish = error.danish if isinstance(error, SalgspulsError) else ""
    return danish if danish and language == "da" else str(error)
