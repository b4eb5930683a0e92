"""Sentences with numbers become SQL that ClickHouse runs; here only how they are put together."""

from __future__ import annotations

import pytest

from grafana.i18n import Text
from grafana.sql import Writer, quoted, view

sentence = Writer("en").sentence


def test_a_sentence_is_its_words_and_its_columns() -> None:
    assert sentence("{name} of {team}") == "concat(name, ' of ', team)"
    assert sentence("it's") == "'it\\'s'"
    assert sentence("{n}", n="count()") == "count()"


def test_one_word_is_for_one_and_another_for_many() -> None:
    assert sentence("{n?deal:deals}") == "if(round(n) = 1, 'deal', 'deals')"


def test_a_text_is_written_in_the_writers_language() -> None:
    text = Text("{n} of all", "{n} af alle")
    assert Writer("da").sentence(text) == "concat(n, ' af alle')"
    assert Writer("en").text(Text("it's", "det")) == "'it\\'s'"


def test_a_format_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError, match="roman"):
        sentence("{n:roman}")


def test_a_view_is_called_with_its_arguments() -> None:
    assert view("range", "from = $__fromTime", "to = $__toTime") == (
        "salgspuls.range(from = $__fromTime, to = $__toTime)"
    )
    assert quoted("a\\'b") == "'a\\\\\\'b'"
