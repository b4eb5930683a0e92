"""A world as a sales manager would see it: its history, its calls, its deals, and the truth about them."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise, takewhile
from statistics import correlation, mean, median
from typing import TypeVar

import pytest

from schemas.events import (
    ActivityLogged,
    AnyEvent,
    CallEnded,
    CallSegment,
    CallStarted,
    OpportunityChanged,
    PeriodChanged,
    SellerChanged,
    TrackerChanged,
    parse,
    serialize,
)
from streams.replay import TimedEvent
from streams.simulator import Call, Spike, World, facts
from streams.simulator.calendar import ZONE, local_day
from streams.simulator.catalogue import BRANDS
from streams.simulator.trackers import COMPETITORS
from tests.support import speech_oracle

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
NIGHT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)

E = TypeVar("E", bound=AnyEvent)


@pytest.fixture(scope="module")
def world() -> World:
    """Weeks of calls that are as long as their scripts alone."""
    return World.create(seed=7, now=NOW, days=45, length=0.1)


@pytest.fixture(scope="module")
def history(world: World) -> list[TimedEvent]:
    return list(world.history(end=NOW))


@pytest.fixture(scope="module")
def closed(history: list[TimedEvent]) -> list[OpportunityChanged]:
    """What the CRM says in the end of the deals that are won or lost."""
    final = facts(event for _, event in history).values()
    return [fact for fact in final if isinstance(fact, OpportunityChanged) and fact.closed_on]


@pytest.fixture(scope="module")
def long_calls() -> list[Call]:
    """Some days of calls as long as true ones."""
    return list(World.create(seed=7, now=NOW, days=4).calls(end=NOW))


@pytest.fixture(scope="module")
def calls(world: World) -> list[Call]:
    return list(world.calls(end=NOW))


def of_type(history: list[TimedEvent], kind: type[E]) -> list[E]:
    return [event for _, event in history if isinstance(event, kind)]


def segments_of(call: Call) -> list[CallSegment]:
    return [
        fact for fact in facts(event for _, event in call.events).values() if isinstance(fact, CallSegment)
    ]


def test_events_come_in_the_order_of_their_time_up_to_now(history: list[TimedEvent], world: World) -> None:
    assert all(one.at <= next_one.at for one, next_one in pairwise(history))
    assert history[0].at == world.begins
    assert history[-1].at < NOW


def test_every_event_survives_the_wire(history: list[TimedEvent]) -> None:
    assert all(parse(serialize(event)) == event for _, event in history[::7])


def test_the_same_seed_gives_the_same_world_and_another_one_another() -> None:
    def beginning(seed: int) -> list[TimedEvent]:
        world = World.create(seed, NOW, days=2, length=0.1)
        return list(takewhile(lambda timed: timed.at < NOW, world.history(start=NOW - timedelta(hours=1))))

    assert beginning(7) == beginning(7) != beginning(8)


def test_density_one_is_some_10_000_segments_a_working_day(long_calls: list[Call]) -> None:
    days = Counter(call.brief.started_at.date() for call in long_calls)
    segments = sum(
        call.truth.segments
        for call in long_calls
        if call.brief.started_at.date() == NOW.date() - timedelta(1)
    )

    assert len(days) == 3
    assert 7_000 < segments < 16_000


def test_each_kind_of_call_is_as_long_as_such_calls_are(long_calls: list[Call]) -> None:
    """In minutes; the sources are in docs/simulator.md."""
    minutes: dict[str, list[float]] = defaultdict(list)
    for call in long_calls:
        minutes[call.brief.kind].append(call.truth.duration_ms / 60_000)
    middle = {kind: median(lengths) for kind, lengths in minutes.items()}

    assert 1 < middle["cold"] < 3
    assert middle["voicemail"] < 1
    assert 5 < middle["followup"] < 15
    assert 25 < middle["discovery"] < 50
    assert 25 < middle["demo"] < 50
    assert 2 < middle["complaint"] < 9
    assert max(map(max, minutes.values())) < 60


def test_a_seller_is_on_the_phone_for_an_hour_or_two_a_day(long_calls: list[Call]) -> None:
    yesterday = NOW.date() - timedelta(days=1)
    hours: Counter[str] = Counter()
    for call in long_calls:
        if call.brief.started_at.date() == yesterday:
            hours[call.truth.seller_id] += call.truth.duration_ms
    spoken = [ms / 3_600_000 for ms in hours.values()]

    assert len(spoken) >= 14
    assert 1 < mean(spoken) < 2.5
    assert max(spoken) < 5


def test_sellers_show_at_length_and_customers_tell_in_discovery(long_calls: list[Call]) -> None:
    def ratio(call: Call) -> float:
        return call.truth.talk_ms["seller"] / sum(call.truth.talk_ms.values())

    of_kind = {
        kind: [ratio(call) for call in long_calls if call.brief.kind == kind]
        for kind in ("discovery", "demo")
    }
    assert 0.43 < mean(of_kind["discovery"]) < 0.65, "between Gong's best sellers and the average ones"
    assert 0.5 < mean(of_kind["demo"]) < 0.7


def test_sellers_ask_as_often_as_such_calls_are_known_for(long_calls: list[Call]) -> None:
    """Eleven to fourteen questions in a good discovery call (Gong Labs), and more by those who are curious."""
    asked: dict[str, list[int]] = defaultdict(list)
    for call in long_calls:
        if call.truth.consent and call.brief.kind in ("discovery", "demo"):
            asked[call.brief.kind].append(call.truth.questions["seller"])

    assert 10 < mean(asked["discovery"]) < 17
    assert 10 < mean(asked["demo"]) < 18


def test_some_calls_have_several_people_on_a_side_who_all_speak(long_calls: list[Call]) -> None:
    by_people: dict[int, list[Call]] = defaultdict(list)
    for call in long_calls:
        people = {segment.participant_id for segment in segments_of(call)}
        (started, *_) = (event for _, event in call.events if isinstance(event, CallStarted))
        assert people <= {participant.participant_id for participant in started.participants}
        by_people[len(people)].append(call)

    assert len(by_people[2]) > len(by_people[3]) >= 5
    assert {call.brief.kind for call in by_people[3]} <= {"demo", "discovery", "offer", "negotiation"}


def test_what_may_cost_a_deal_is_talked_about_in_its_calls_and_is_why_it_is_lost(
    calls: list[Call], closed: list[OpportunityChanged]
) -> None:
    states = {deal.opportunity_id: deal.state for deal in closed}
    outcomes: dict[bool, list[bool]] = defaultdict(list)
    threatened: dict[str, bool] = {}
    spoken_of = []
    for call in calls:
        brief = call.brief
        if brief.opportunity_id and brief.kind in ("offer", "followup", "negotiation"):
            threatened[brief.opportunity_id] = threatened.get(brief.opportunity_id, False) or bool(
                brief.threat
            )
            if brief.threat == "rival" and call.truth.consent:
                competitors = {tracker.tracker_id for tracker in COMPETITORS}
                spoken_of.append(bool(competitors & call.truth.mentions["customer"].keys()))
    for deal, is_threatened in threatened.items():
        if deal in states:
            outcomes[is_threatened].append(states[deal] == "won")

    assert mean(spoken_of) > 0.6
    assert mean(outcomes[True]) < mean(outcomes[False]) - 0.1


def test_before_anything_else_sellers_trackers_and_periods_are_known(history: list[TimedEvent]) -> None:
    kinds = [type(event) for _, event in history]
    settings = {SellerChanged, TrackerChanged, PeriodChanged}
    first_other = next(place for place, kind in enumerate(kinds) if kind not in settings)

    assert not settings & set(kinds[first_other:])
    sellers = of_type(history, SellerChanged)
    assert Counter(seller.team for seller in sellers) == {"Nord": 4, "Syd": 4, "Øst": 4, "International": 4}
    leaders = {seller.seller_id for seller in sellers if seller.manager_id is None}
    assert len(leaders) == 4
    assert {seller.manager_id for seller in sellers} == leaders | {None}


def test_one_period_is_running_now_for_all_and_for_each_team_and_targets_add_up(
    history: list[TimedEvent],
) -> None:
    today = NOW.date()
    running = [
        period for period in of_type(history, PeriodChanged) if period.starts_on <= today <= period.ends_on
    ]
    targets = {period.team: period.target_value for period in running}

    assert targets.keys() == {None, "Nord", "Syd", "Øst", "International"}
    assert targets[None] == sum(value for team, value in targets.items() if team and value)


def test_calls_are_made_in_office_hours(calls: list[Call]) -> None:
    started = [call.truth.started_at.astimezone(ZONE) for call in calls]

    assert all(moment.weekday() < 5 for moment in started)
    assert {moment.hour for moment in started} <= set(range(8, 19))
    hours = Counter(moment.hour for moment in started)
    assert hours[12] < hours[10] / 2


def test_nobody_is_in_two_calls_at_once(calls: list[Call]) -> None:
    by_seller: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        by_seller[call.truth.seller_id].append(call)

    assert len(by_seller) == 16
    for theirs in by_seller.values():
        assert all(one.ends_at < other.brief.started_at for one, other in pairwise(theirs))


def test_planned_truth_is_what_the_final_facts_say(calls: list[Call]) -> None:
    """The planner's own account against a plain computation from the segments."""
    for call in calls[::9]:
        truth, segments = call.truth, segments_of(call)
        assert truth.segments == len(segments)
        assert truth.switches == speech_oracle.switches(segments)
        assert truth.silence_ms == speech_oracle.silence_ms(segments)
        for side in ("seller", "customer"):
            assert truth.talk_ms[side] == speech_oracle.talk_ms(segments, side)
            assert truth.interruptions[side] == speech_oracle.interruptions(segments, side)
        (ended,) = (event for _, event in call.events if isinstance(event, CallEnded))
        assert ended.duration_ms == truth.duration_ms >= max(segment.end_ms for segment in segments)


def test_planned_mentions_and_questions_are_what_the_words_say(calls: list[Call]) -> None:
    for call in calls:
        segments = segments_of(call)
        for side in ("seller", "customer"):
            texts = [segment.text for segment in segments if segment.speaker == side]
            if not call.truth.consent:
                assert not call.truth.mentions[side]
                assert not call.truth.questions[side]
                continue
            found = sum((speech_oracle.mentions(text, call.truth.language) for text in texts), Counter[str]())
            assert call.truth.mentions[side] == found
            if any(segment.text.endswith((".", "?")) for segment in segments):
                assert call.truth.questions[side] == sum(text.count("?") for text in texts)


def test_some_calls_lack_consent_in_every_segment_and_the_others_in_none(calls: list[Call]) -> None:
    without = 0
    for call in calls:
        said = {segment.consent for segment in segments_of(call)}
        assert said == {call.truth.consent}
        without += not call.truth.consent

    assert 0.01 < without / len(calls) < 0.035


def test_speech_overlaps_is_interrupted_and_waits_as_people_s_does(calls: list[Call]) -> None:
    assert sum(call.truth.silence_ms > 8_000 for call in calls) > 50
    assert (
        sum(call.truth.interruptions["seller"] + call.truth.interruptions["customer"] for call in calls)
        > 1_000
    )
    backchannels = sum(
        len(segments) - len(speech_oracle.without_backchannels(segments))
        for segments in map(segments_of, calls[::20])
    )
    assert backchannels > 50


def test_corrections_replace_segments_with_higher_revisions(history: list[TimedEvent]) -> None:
    segments = of_type(history, CallSegment)
    corrections = [segment for segment in segments if segment.revision > 1]
    first = {segment.fact_id: segment for segment in segments if segment.revision == 1}

    assert 0.01 < len(corrections) / len(segments) < 0.1
    for correction in corrections:
        earlier = first.get(correction.fact_id)
        assert earlier is None or (earlier.text, earlier.end_ms) != (correction.text, correction.end_ms)
        assert earlier is None or earlier.start_ms == correction.start_ms


def test_a_deal_that_was_linked_later_is_told_again(history: list[TimedEvent]) -> None:
    started = of_type(history, CallStarted)
    later = [event for event in started if event.revision == 2]

    assert later
    first = {event.call_id: event for event in started if event.revision == 1}
    assert all(first[event.call_id].opportunity_id is None for event in later if event.call_id in first)
    assert all(event.opportunity_id for event in later)


def test_more_than_a_few_deals_are_won_and_more_than_a_few_lost(closed: list[OpportunityChanged]) -> None:
    states = Counter(deal.state for deal in closed)

    assert set(states) == {"won", "lost"}
    assert 0.4 < states["won"] / states.total() < 0.7
    assert all((deal.actual_value is not None) == (deal.state == "won") for deal in closed)


def test_a_deal_goes_through_stages_and_is_told_from_its_first_change_on(history: list[TimedEvent]) -> None:
    by_deal: dict[str, list[OpportunityChanged]] = defaultdict(list)
    for change in of_type(history, OpportunityChanged):
        by_deal[change.opportunity_id].append(change)

    for changes in by_deal.values():
        changes.sort(key=lambda change: (change.changed_at, change.revision))
        assert changes[0].stage in ("Kvalificering", "Behovsafklaring", "Qualification", "Discovery")
        assert all(
            change.state == "open" for change in changes[:-1] if change.changed_at < changes[-1].changed_at
        )
        assert all(change.currency == "DKK" for change in changes)
    slips = [
        later.estimated_close_on > earlier.estimated_close_on
        for changes in by_deal.values()
        for earlier, later in pairwise(changes)
        if later.estimated_close_on and earlier.estimated_close_on
    ]
    assert 0.03 < mean(slips) < 0.4


def test_activities_have_ids_of_their_own_and_belong_to_deals(history: list[TimedEvent]) -> None:
    activities = of_type(history, ActivityLogged)
    deals = {change.opportunity_id for change in of_type(history, OpportunityChanged)}

    assert len({activity.activity_id for activity in activities}) == len(activities) > 1_000
    assert {activity.kind for activity in activities} == {"email", "phone", "meeting"}
    assert {activity.opportunity_id for activity in activities} <= deals


def test_outcomes_follow_what_was_said(calls: list[Call], closed: list[OpportunityChanged]) -> None:
    moods: dict[str, list[float]] = defaultdict(list)
    for call in calls:
        if call.truth.opportunity_id and call.brief.kind not in ("won", "lost"):
            moods[call.truth.opportunity_id].append(call.truth.mood)
    outcomes = [
        (mean(moods[deal.opportunity_id][-3:]), deal.state == "won")
        for deal in closed
        if deal.closed_on and deal.closed_on >= local_day(NOW - timedelta(days=30))
        if deal.opportunity_id in moods
    ]

    assert correlation([mood for mood, _ in outcomes], [float(won) for _, won in outcomes]) > 0.4


def test_top_sellers_listen_more_than_the_rest(
    world: World, calls: list[Call], closed: list[OpportunityChanged]
) -> None:
    revenue: Counter[str] = Counter()
    for deal in closed:
        revenue[deal.seller_id or ""] += int(deal.actual_value or 0)
    ratios: dict[str, list[float]] = defaultdict(list)
    for call in calls:
        talk = call.truth.talk_ms
        if call.truth.duration_ms < 60_000:
            continue  # nor does the product compare such calls
        ratios[call.truth.seller_id].append(talk["seller"] / (talk["seller"] + talk["customer"]))
    sellers = [seller.seller_id for seller in world.sellers]

    assert correlation([revenue[who] for who in sellers], [mean(ratios[who]) for who in sellers]) < -0.4
    assert max(map(mean, ratios.values())) - min(map(mean, ratios.values())) > 0.06


def test_new_brands_appear_over_the_weeks(calls: list[Call]) -> None:
    first_heard: dict[str, datetime] = {}
    for call in calls:
        for segment in segments_of(call):
            for brand in BRANDS:
                if brand in segment.text:
                    first_heard.setdefault(brand, call.truth.started_at)
    begins = min(first_heard.values())

    assert sum(heard > begins + timedelta(days=14) for heard in first_heard.values()) >= 3
    assert sum(heard < begins + timedelta(days=7) for heard in first_heard.values()) >= 4


def test_calls_in_progress_now_go_on_where_they_are() -> None:
    world = World.create(7, NOW, days=2, always_open=True)
    past = list(world.history(start=NOW - timedelta(minutes=30), end=NOW))
    future = list(takewhile(lambda timed: timed.at < NOW + timedelta(minutes=10), world.history(start=NOW)))
    whole = list(
        takewhile(
            lambda timed: timed.at < NOW + timedelta(minutes=10),
            world.history(start=NOW - timedelta(minutes=30)),
        )
    )

    assert past + future == whole


@pytest.mark.parametrize("now", [NOW, NIGHT, datetime(2026, 12, 24, 21, tzinfo=UTC)])
def test_with_offices_that_never_close_several_calls_are_in_progress_within_seconds(now: datetime) -> None:
    world = World.create(7, now, days=1, always_open=True)
    in_progress: set[str] = set()
    spoken = 0
    for at, event in world.history(start=now - timedelta(hours=1)):
        if at > now + timedelta(seconds=10):
            break
        if isinstance(event, CallStarted):
            in_progress.add(event.call_id)
        elif isinstance(event, CallEnded):
            in_progress.discard(event.call_id)
        elif at > now:
            spoken += 1

    assert len(in_progress) >= 3
    assert spoken >= 2


def test_a_live_hour_is_a_busy_hour_of_the_history(long_calls: list[Call]) -> None:
    live = World.create(seed=7, now=NIGHT, days=1, always_open=True)
    now = [call.brief.kind for call in live.calls(NIGHT, NIGHT + timedelta(hours=2))]
    hours = Counter(call.brief.started_at.replace(minute=0, second=0, microsecond=0) for call in long_calls)
    busiest = max(hours.values())

    assert busiest < len(now) / 2 < 2.5 * busiest
    past = [call.brief.kind for call in long_calls]
    for kind in ("cold", "voicemail", "service", "discovery"):
        assert abs(now.count(kind) / len(now) - past.count(kind) / len(past)) < 0.12


def test_at_night_nobody_calls_when_offices_close() -> None:
    world = World.create(7, NIGHT, days=1)
    first = next(world.history(start=NIGHT))

    assert first.at.astimezone(ZONE).hour >= 8


def test_a_spike_makes_one_team_s_customers_furious_for_a_while() -> None:
    spike = Spike("Nord", NIGHT + timedelta(minutes=1))
    world = World.create(7, NIGHT, days=1, always_open=True, spike=spike)
    teams = {seller.seller_id: seller.team for seller in world.sellers}
    moods: dict[tuple[bool, bool], list[float]] = defaultdict(list)
    for call in world.calls(NIGHT - timedelta(minutes=15), NIGHT + timedelta(minutes=25)):
        during = spike.starts_at < call.brief.started_at and call.ends_at < spike.starts_at + spike.lasts
        moods[teams[call.truth.seller_id] == "Nord", during].append(call.truth.mood)

    assert mean(moods[True, True]) < -0.8
    assert mean(moods[False, True]) > -0.4
    assert mean(moods[True, False]) > -0.6
