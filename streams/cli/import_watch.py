"""`salgspuls import --watch`: every file that is dropped into a folder is imported as the command would import it."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from streams.errors import exit_code_of

if TYPE_CHECKING:
    from streams.importers.watching import Result

_LOOK_EVERY = 2.0
_NOT_CONFIRMED = 3
"""Exit code of an import that has sent all, and waits for a worker to store it."""


def watch(folder: Path, once: click.Context) -> None:
    """Import what comes into a folder until interrupted. `once` is the context of the command, with its options."""
    from streams.importers.watching import FAILED, IMPORTED, Watch
    from streams.jobs.importing.terminal import SAME_START, WATCHING

    language = once.obj.language
    click.echo(WATCHING.of(language).format(folder=folder, imported=IMPORTED, failed=FAILED), err=True)
    if once.params.get("started_at") is not None:
        click.echo(SAME_START.of(language), err=True)
    watching = Watch(
        folder, partial(_import_one, once), time.monotonic, lambda text: click.echo(text.of(language))
    )
    while True:
        watching.look()
        time.sleep(_LOOK_EVERY)


def _import_one(once: click.Context, path: Path) -> Result:
    """Import one file with the options of the command; what it says is the report."""
    from streams.importers.watching import Result, Verdict

    parameters = once.params | {"files": (path,), "watched": None}
    if "yes" in parameters:
        parameters["yes"] = True  # nobody is there to be asked
    with _captured() as output:
        try:
            code = _run(once, parameters)
        except click.ClickException as error:
            return Result(Verdict.PROBLEMS, f"{output.getvalue()}{error.format_message()}")
        except click.Abort:  # interrupted: the file stays, and is imported after the next start
            raise
        except Exception as error:  # a file that breaks the program must not stop the others
            from streams.cli import in_words

            message = f"{output.getvalue()}{in_words(error, once.obj.language) or type(error).__name__}"
            return Result(Verdict.PROBLEMS if exit_code_of(error) is None else Verdict.LATER, message)
    return Result(Verdict.DONE if code in (0, _NOT_CONFIRMED) else Verdict.PROBLEMS, output.getvalue())


def _run(once: click.Context, parameters: dict[str, object]) -> int:
    try:
        once.invoke(once.command, **parameters)
    except click.exceptions.Exit as ended:
        return int(ended.exit_code)
    return 0


@contextlib.contextmanager
def _captured() -> Iterator[io.StringIO]:
    """What is printed meanwhile, on either stream."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        yield output
