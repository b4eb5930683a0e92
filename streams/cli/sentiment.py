"""`salgspuls sentiment`."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--language", required=True, type=click.Choice(["en", "da"]), help="The language of the sentences."
)
@click.option("--explain", is_flag=True, help="Also show the words that did it, and what each adds.")
def command(language: str, explain: bool) -> None:
    """Show the sentiment of sentences: one a line on standard input, one compound a line from -1 to 1.

    The words behind it are valences on VADER's scale from -4 to 4, after negations and boosters. In Danish 1 is taken
    off the strength of their sum: fainter sentences are neutral.

    \b
    Example:
      echo 'Det er ikke dårligt' | salgspuls sentiment --language da --explain
    """
    from processors.analysis import sentiment

    for line in click.get_text_stream("stdin", encoding="utf-8", errors="replace"):
        sentence = line.strip()
        compound = f"{sentiment.compound(sentence, language):.4f}"
        if explain:
            words = (f"{word} {valence:+.2f}" for word, valence in sentiment.explain(sentence, language))
            compound = "\t".join((compound, *words))
        click.echo(compound)
