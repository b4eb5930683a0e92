"""A limit of the definitions stands once in each room: here rooms, texts and documents are held together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clickhouse.schema import migrate
from grafana.config import HEALTHY_FROM, SENTIMENT_LIMIT
from grafana.i18n import Text
from grafana.pages.deals import texts as deals
from grafana.pages.seller import texts as seller
from grafana.pages.sentiment import texts as sentiment
from processors.analysis.sentiment import NEGATIVE_UP_TO, POSITIVE_FROM

ROOT = Path(__file__).resolve().parents[2]
LIMIT_E4 = round(POSITIVE_FROM * 10_000)


def texts_with(word: str, module: object) -> list[Text]:
    found = [text for text in vars(module).values() if isinstance(text, Text) and word in text.en]
    assert found, f"no text says {word}"
    return found


def test_analyses_and_pages_call_the_same_positive() -> None:
    assert (POSITIVE_FROM, NEGATIVE_UP_TO) == (SENTIMENT_LIMIT, -SENTIMENT_LIMIT)


def test_views_classify_as_the_analyses_do() -> None:
    asked = [
        (view.name, comparison, int(limit))
        for view in migrate.views()
        for comparison, limit in re.findall(r"\bcompound_e4 (>=|<=) (-?\d+)", view.statement)
    ]
    assert {comparison for _, comparison, _ in asked} == {">=", "<="}
    for name, comparison, limit in asked:
        assert limit == (LIMIT_E4 if comparison == ">=" else -LIMIT_E4), name


@pytest.mark.parametrize("module", [seller, sentiment])
def test_texts_say_the_limit_of_sentiment(module: object) -> None:
    for text in texts_with("else neutral" if module is sentiment else " on positive,", module):
        assert set(re.findall(r"-?0\.\d+", text.en)) == {str(SENTIMENT_LIMIT), f"-{SENTIMENT_LIMIT}"}
        danish = str(SENTIMENT_LIMIT).replace(".", ",")
        assert set(re.findall(r"-?0,\d+", text.da)) == {danish, f"-{danish}"}


def test_texts_say_from_when_a_deal_is_healthy() -> None:
    for text in texts_with("Dark red-orange", deals):
        assert f"below {HEALTHY_FROM}" in text.en
        assert f"under {HEALTHY_FROM}" in text.da


def test_the_definitions_say_it_too() -> None:
    definitions = (ROOT / "docs" / "definitions.md").read_text(encoding="utf-8")
    assert f"positive from {POSITIVE_FROM}, negative from {NEGATIVE_UP_TO} downwards" in definitions
