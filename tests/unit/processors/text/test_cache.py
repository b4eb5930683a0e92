"""What was worked out about a token is remembered, within bounds."""

from processors.text.cache import CAPACITY, LONGEST, Memo


def test_the_memory_of_tokens_is_bounded() -> None:
    worked_out: list[str] = []

    def work_out(token: str) -> int:
        worked_out.append(token)
        return len(token)

    memo = Memo(work_out)
    assert [memo["again"], memo["again"]] == [5, 5]
    assert worked_out == ["again"]
    assert memo["x" * (LONGEST + 1)] == LONGEST + 1
    assert len(memo) == 1
    for number in range(CAPACITY + 10):
        assert memo[str(number)] == len(str(number))
    assert len(memo) <= CAPACITY
