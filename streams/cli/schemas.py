"""`salgspuls schemas`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Write the contract to FOLDER: JSON Schema of each event, and one AsyncAPI 3 document.

    It is all that a producer in another language needs. The committed copy is in schemas/published.

    \b
    Example:
      salgspuls schemas ./contract
    """
    from schemas.export import write

    for path in write(folder):
        click.echo(path)
