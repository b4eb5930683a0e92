"""What was worked out about a token is remembered, within the budget that all memos share."""

from collections import Counter

from processors.analysis.analyser import Analyser
from processors.analysis.names.extraction import NameFinder
from processors.analysis.trackers import Tracker, TrackerIndex
from processors.text.cache import BUDGET, LONGEST, Budget, Memo


def test_a_token_is_worked_out_once_unless_it_is_long() -> None:
    worked_out: list[str] = []

    def work_out(token: str) -> int:
        worked_out.append(token)
        return len(token)

    memo = Memo(work_out, Budget())
    assert [memo["again"], memo["again"]] == [5, 5]
    assert worked_out == ["again"]
    assert memo["x" * (LONGEST + 1)] == LONGEST + 1
    assert len(memo) == 1


def test_memos_have_no_more_entries_together_than_the_budget() -> None:
    budget = Budget(1_000)
    light, heavy = Memo(len, budget), Memo(len, budget, weight=5)
    for number in range(5_000):
        assert light[f"light{number}"] == len(f"light{number}")
        assert heavy[f"heavy{number % 700}"] == len(f"heavy{number % 700}")
        assert budget.used() <= 1_000


def test_what_is_asked_for_again_is_remembered_and_the_rest_forgotten() -> None:
    worked_out: Counter[str] = Counter()

    def work_out(token: str) -> int:
        worked_out[token] += 1
        return len(token)

    memo = Memo(work_out, Budget(100))
    for number in range(1_000):
        assert [memo["often"], memo[f"once{number}"]] == [5, len(f"once{number}")]
    assert worked_out["often"] == 1
    assert memo["once0"] == 5
    assert worked_out["once0"] == 2


def test_the_analyses_stay_within_the_budget_and_find_the_same() -> None:
    analyser = Analyser(TrackerIndex([Tracker("t", "pris", "keyword")]), NameFinder(), frozenset())
    said = "Vi bruger Visma i dag, og prisen er for høj."
    before = analyser.analyse(said, "da", "customer")
    BUDGET.forget()
    kept, BUDGET.entries = BUDGET.entries, 2_000
    try:
        for number in range(5_000):
            analyser.analyse(f"ord{number} Ord{number}, er prisen{number} en fejl", "da", "seller")
            assert BUDGET.used() <= BUDGET.entries
        assert analyser.analyse(said, "da", "customer") == before
    finally:
        BUDGET.entries = kept
