"""What was worked out about a token is remembered, within the budget that all memos share."""

import gc

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
    small, large = Memo(len, budget), Memo(len, budget)
    for number in range(100):
        assert small[f"small{number}"] == len(f"small{number}")
    for number in range(5_000):
        assert large[f"large{number}"] == len(f"large{number}")
        assert budget.used() <= 1_000
    assert len(small) == 100, "the largest is emptied first"
    for number in range(5_000):
        assert small[f"more{number}"] == len(f"more{number}")
        assert budget.used() <= 1_000


def test_a_memo_that_is_gone_is_not_counted() -> None:
    budget = Budget(1_000)
    kept = Memo(len, budget)
    for round_ in range(10):
        passing = Memo(len, budget)
        for number in range(300):
            passing[f"{round_}-{number}"]
            kept[f"{round_}-{number}"]
        del passing
        gc.collect()
        assert budget.used() == len(kept) <= 1_000


def test_the_analyses_stay_within_the_budget_and_find_the_same() -> None:
    analyser = Analyser(TrackerIndex([Tracker("t", "pris", "keyword")]), NameFinder(), frozenset())
    said = "Vi bruger Visma i dag, og prisen er for høj."
    before = analyser.analyse(said, "da", "customer")
    kept, BUDGET.entries = BUDGET.entries, BUDGET.used() + 2_000
    try:
        for number in range(5_000):
            analyser.analyse(f"ord{number} Ord{number}, er prisen{number} en fejl", "da", "seller")
            assert BUDGET.used() <= BUDGET.entries
        assert analyser.analyse(said, "da", "customer") == before
    finally:
        BUDGET.entries = kept
