"""What people change on the page reaches a real worker by a real broker, and nobody's edit is lost without a word."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from schemas.events import CallSegment, SellerChanged
from streams.config.clickhouse import ClickHouseSettings
from streams.config.kafka import KafkaSettings
from streams.demo.brokers import free_port
from streams.demo.brokers.tansu import TansuBroker
from streams.sellers.model import UnknownSellerError
from streams.sellers.service import SellerService
from streams.trackers.model import (
    AlreadyTrackedError,
    OvertakenError,
    ReprocessingError,
    TrackerError,
    TrackerForm,
)
from streams.trackers.service import TrackerService
from tests.support.pipeline import Pipeline, running_pipeline

KEYWORD = TrackerForm("Fleet service", "keyword")


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    """Broker, ClickHouse, and a worker between them."""
    folder = tmp_path_factory.mktemp("editing")
    with running_pipeline(TansuBroker(folder, free_port()), folder, idempotent=False) as pipeline:
        pipeline.start_worker()
        yield pipeline


@pytest.fixture
def idle(tmp_path: Path) -> Iterator[Pipeline]:
    """Broker and ClickHouse without a worker."""
    with running_pipeline(TansuBroker(tmp_path, free_port()), tmp_path, idempotent=False) as pipeline:
        yield pipeline


@pytest.fixture
def editor(pipeline: Pipeline) -> TrackerService:
    return TrackerService(pipeline.settings)


def tracked(pipeline: Pipeline, name: str) -> dict[str, tuple[int, bool]]:
    """Revision, and whether it is removed, of the trackers of a name, by id."""
    rows = pipeline.query(
        "SELECT tracker_id, revision, removed FROM salgspuls_store.trackers FINAL "
        "WHERE lower(name) = lower({name:String}) ORDER BY tracker_id",
        name=name,
    )
    return {tracker_id: (revision, removed) for tracker_id, revision, removed in rows}


async def say(pipeline: Pipeline, call_id: str, text: str) -> None:
    """A customer says something in a call of its own."""
    started_at = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5)
    segment = CallSegment(
        call_id=call_id,
        call_started_at=started_at,
        seller_id="seller-1",
        consent=True,
        segment_id="s1",
        speaker="customer",
        start_ms=0,
        end_ms=2000,
        text=text,
        language="en",
    )
    await pipeline.send([segment])


def mentions(pipeline: Pipeline, call_id: str, tracker_id: str) -> int:
    found = pipeline.query(
        "SELECT sum(mentions_customer) FROM salgspuls.call_keywords "
        "WHERE call_id = {call:String} AND tracker_id = {tracker:String}",
        call=call_id,
        tracker=tracker_id,
    )
    return int(found[0][0])


async def until_stored(pipeline: Pipeline, call_id: str) -> None:
    deadline = time.monotonic() + 30
    while not pipeline.query("SELECT 1 FROM salgspuls.calls WHERE call_id = {call:String}", call=call_id):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)


@pytest.mark.alone
async def test_what_is_added_is_heard_within_five_seconds_and_in_older_calls_when_they_are_recomputed(
    pipeline: Pipeline, editor: TrackerService
) -> None:
    await say(pipeline, "old", "We compared the Kaffemester with the others.")
    await until_stored(pipeline, "old")
    begun = time.monotonic()
    await editor.add(TrackerForm("Kaffemester", "competitor"))
    number = 0
    while not mentions(pipeline, f"new-{number}", "kaffemester"):
        assert time.monotonic() - begun < 5
        number += 1
        await say(pipeline, f"new-{number}", "Our Kaffemester broke down.")
        await until_stored(pipeline, f"new-{number}")
    assert mentions(pipeline, "old", "kaffemester") == 0
    recomputing = asyncio.create_task(editor.reprocess())
    await asyncio.sleep(1)
    with pytest.raises(ReprocessingError):
        await editor.reprocess()
    await recomputing
    assert mentions(pipeline, "old", "kaffemester") == 1


async def test_a_tracker_is_changed_removed_and_comes_back_under_its_own_id(
    pipeline: Pipeline, editor: TrackerService
) -> None:
    form = TrackerForm("Træ & Stål", "keyword")
    await editor.add(form)
    assert tracked(pipeline, form.name) == {"træ-stål": (1, False)}
    danish = replace(form, aliases=("træ og stål",), language="da", side="customer", compounds=False)
    await editor.change("træ-stål", form, danish)
    stored = pipeline.query(
        "SELECT tracker_id, name, kind, aliases, language, side, word_forms, compounds, removed "
        "FROM salgspuls.trackers WHERE tracker_id = 'træ-stål'"
    )
    assert stored == [
        ("træ-stål", "Træ & Stål", "keyword", ["træ og stål"], "da", "customer", True, False, False)
    ]
    await editor.remove("træ-stål", danish)
    assert tracked(pipeline, form.name) == {"træ-stål": (3, True)}
    await editor.add(form)
    assert tracked(pipeline, form.name) == {"træ-stål": (4, False)}


async def test_one_name_is_tracked_once_in_a_language_and_other_names_have_other_ids(
    pipeline: Pipeline, editor: TrackerService
) -> None:
    await editor.add(TrackerForm("C++", "keyword"))
    await editor.add(TrackerForm("C#", "keyword"))
    assert tracked(pipeline, "C#") == {"c-2": (1, False)}
    with pytest.raises(AlreadyTrackedError, match=r"^C# is already tracked"):
        await editor.add(TrackerForm("c#", "competitor"))
    with pytest.raises(TrackerError, match=r"^C# is already tracked"):
        await editor.change("c", TrackerForm("C++", "keyword"), TrackerForm("C#", "keyword"))
    await editor.add(TrackerForm("C#", "keyword", language="da"))
    assert tracked(pipeline, "C#") == {"c-2": (1, False), "c-3": (1, False)}


async def test_who_is_overtaken_on_the_same_page_is_told(pipeline: Pipeline, editor: TrackerService) -> None:
    form = TrackerForm("Night delivery", "keyword")
    await editor.add(form)
    first, second = replace(form, aliases=("overnight",)), replace(form, kind="competitor")
    outcomes = await asyncio.gather(
        editor.change("night-delivery", form, first),
        editor.change("night-delivery", form, second),
        editor.remove("night-delivery", form),
        return_exceptions=True,
    )
    assert outcomes[0] is None
    assert [type(outcome) for outcome in outcomes[1:]] == [OvertakenError, OvertakenError]
    assert tracked(pipeline, form.name) == {"night-delivery": (2, False)}
    with pytest.raises(OvertakenError, match="Nobody"):
        await editor.change("nobody", TrackerForm("Nobody", "keyword"), form)


async def test_of_two_pages_that_change_a_tracker_at_one_moment_one_is_told(pipeline: Pipeline) -> None:
    pages = [TrackerService(pipeline.settings) for _ in range(2)]
    await pages[0].add(KEYWORD)
    wanted = [replace(KEYWORD, aliases=(f"alias {number}",)) for number in range(2)]
    outcomes = await asyncio.gather(
        *(page.change("fleet-service", KEYWORD, form) for page, form in zip(pages, wanted, strict=True)),
        return_exceptions=True,
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "OvertakenError"]
    [(aliases,)] = pipeline.query("SELECT aliases FROM salgspuls.trackers WHERE tracker_id = 'fleet-service'")
    assert tuple(aliases) == wanted[outcomes.index(None)].aliases


async def test_what_cannot_be_tracked_is_said_with_field_and_value(editor: TrackerService) -> None:
    with pytest.raises(TrackerError, match=r"^That cannot be tracked. name: .* at most 256 .*\(got 'xxxx"):
        await editor.add(TrackerForm("x" * 300, "keyword"))
    with pytest.raises(
        TrackerError, match=r"aliases\.1: .*\(got ' '\); language: .*\(got 'Danish, English'\)"
    ):
        await editor.add(TrackerForm("X", "keyword", aliases=("y", " "), language="Danish, English"))


async def test_a_broker_or_a_clickhouse_that_does_not_answer_is_said(pipeline: Pipeline) -> None:
    nobody, form = free_port(), TrackerForm("Nothing", "keyword")
    kafka = KafkaSettings(bootstrap=f"127.0.0.1:{nobody}")
    with pytest.raises(
        TrackerError, match=rf"did not get through. Kafka does not answer at 127.0.0.1:{nobody}"
    ):
        await TrackerService(pipeline.settings.model_copy(update={"kafka": kafka})).add(form)
    clickhouse = ClickHouseSettings(port=nobody)
    without = TrackerService(pipeline.settings.model_copy(update={"clickhouse": clickhouse}))
    with pytest.raises(
        TrackerError, match=rf"did not get through. ClickHouse at http://127.0.0.1:{nobody} as writer"
    ):
        await without.add(form)
    with pytest.raises(
        TrackerError, match=rf"could not be reprocessed. ClickHouse at http://127.0.0.1:{nobody}"
    ):
        await without.reprocess()


async def test_without_a_worker_an_edit_waits_and_the_next_one_builds_on_it(
    idle: Pipeline,
) -> None:
    editor = TrackerService(idle.settings, stored_within=0.2)
    with pytest.raises(TrackerError, match="takes effect once a worker has stored it"):
        await editor.add(KEYWORD)
    with pytest.raises(TrackerError, match="already tracked"):
        await editor.add(KEYWORD)
    with pytest.raises(TrackerError, match="takes effect once a worker has stored it"):
        await editor.change("fleet-service", KEYWORD, replace(KEYWORD, kind="competitor"))
    await asyncio.to_thread(idle.start_worker)
    await idle.until_committed(2)
    found = idle.query("SELECT tracker_id, toString(kind), revision FROM salgspuls_store.trackers FINAL")
    assert found == [("fleet-service", "competitor", 2)]


async def test_a_star_changes_nothing_else_of_a_seller_and_is_taken_away_again(pipeline: Pipeline) -> None:
    molly = SellerChanged(
        seller_id="seller-star", name="Molly Clark", team="Nord", manager_id="boss", revision=7
    )
    await pipeline.send([molly])
    service = SellerService(pipeline.settings, stored_within=20)

    def stored() -> list[tuple[object, ...]]:
        return pipeline.query(
            "SELECT name, team, manager_id, starred, active, revision FROM salgspuls_store.sellers FINAL"
            " WHERE seller_id = 'seller-star'"
        )

    for _ in range(200):
        if stored():
            break
        await asyncio.sleep(0.1)
    assert await service.star("seller-star", True) == "Molly Clark"
    assert stored() == [("Molly Clark", "Nord", "boss", True, True, 8)]
    await service.star("seller-star", True)
    assert stored() == [("Molly Clark", "Nord", "boss", True, True, 8)], (
        "what is so already is not said again"
    )
    assert await service.automatic() == ["Molly Clark"]
    assert stored() == [("Molly Clark", "Nord", "boss", False, True, 9)]
    with pytest.raises(UnknownSellerError, match="no seller 'nobody'"):
        await service.star("nobody", True)
