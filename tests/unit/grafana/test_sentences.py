"""Sentences with numbers become SQL that ClickHouse runs; here only how they are put together."""

from __future__ import annotations

import pytest

from grafana.dashboards.sql import quoted, sentence, view


def test_a_sentence_is_its_words_and_its_columns() -> None:
    assert sentence("{name} of {team}", "en") == "concat(name, ' of ', team)"
    assert sentence("it's", "en") == "'it\\'s'"
    assert sentence("{n}", "en", n="count()") == "count()"


def test_one_word_is_for_one_and_another_for_many() -> None:
    assert sentence("{n?deal:deals}", "en") == "if(n = 1, 'deal', 'deals')"


def test_a_format_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError, match="roman"):
        sentence("{n:roman}", "en")


def test_a_view_is_called_with_its_arguments() -> None:
    assert view("range", "from = $__fromTime", "to = $__toTime") == (
        "salgspuls.range(from = $__fromTime, to = $__toTime)"
    )
    assert quoted("a\\'b") == "'a\\\\\\'b'"
