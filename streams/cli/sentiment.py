"""`salgspuls sentiment`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from processors.analysis.sentiment import Contribution


@click.command()
@click.option(
    "--language", required=True, type=click.Choice(["en", "da"]), help="The language of the sentences."
)
@click.option(
    "--explain",
    is_flag=True,
    help="Also show the words that did it, what each adds, and why a phrase counts.",
)
@click.option(
    "--no-lexicon", is_flag=True, help="Without the lexicon of sales talk: English is what VADER says."
)
def command(language: str, explain: bool, no_lexicon: bool) -> None:
    """Show the sentiment of sentences: one a line on standard input, one compound a line from -1 to 1.

    The words behind it are valences on VADER's scale from -4 to 4, after negations and boosters; in brackets stands
    what the lexicon of sales talk says of them. In Danish 1 is taken off the strength of their sum: fainter sentences
    are neutral.

    \b
    Example:
      echo 'Vi er gået en anden vej' | salgspuls sentiment --language da --explain
    """
    from processors.analysis import sentiment

    for line in click.get_text_stream("stdin", encoding="utf-8", errors="replace"):
        sentence = line.strip()
        compound = f"{sentiment.compound(sentence, language, sales=not no_lexicon):.4f}"
        if explain:
            words = sentiment.explain(sentence, language, sales=not no_lexicon)
            compound = "\t".join((compound, *map(_shown, words)))
        click.echo(compound)


def _shown(contribution: Contribution) -> str:
    why = f" ({contribution.why})" if contribution.why else ""
    return f"{contribution.word} {contribution.valence:+.2f}{why}"
