"""Whatever the order of acknowledgements, a commit passes nothing that is in work."""

from __future__ import annotations

from faust.types import TP
from faust.types.tuples import ConsumerMessage
from hypothesis import given
from hypothesis import strategies as st

from streams.kafka.transport import InFlight


@st.composite
def chunks(draw: st.DrawFn) -> list[tuple[int, int]]:
    """First and last offset of consecutive chunks, with gaps as compaction and transactions leave them."""
    offset = draw(st.integers(0, 5))
    cut = []
    for length, gap in draw(
        st.lists(st.tuples(st.integers(1, 50), st.integers(0, 9)), min_size=1, max_size=30)
    ):
        cut.append((offset, offset + length - 1))
        offset += length + gap
    return cut


@given(chunks(), st.data())
def test_a_commit_passes_no_chunk_in_work_and_never_goes_back(
    cut: list[tuple[int, int]], data: st.DataObject
) -> None:
    in_flight = InFlight()
    messages = []
    for first, last in cut:
        message = ConsumerMessage("t", 0, last, 0.0, 0, [], None, None, None, tp=TP("t", 0))
        messages.append((first, message))
        in_flight.add(first, message)

    before = -1
    for index in data.draw(st.permutations(range(len(cut)))):
        messages[index][1].acked = True
        if data.draw(st.booleans()):  # a commit comes now and then, not at each acknowledgement
            continue
        offset = in_flight.acknowledged()
        in_work = [first for first, message in messages if not message.acked]
        assert in_flight.first_offset() == (in_work[0] if in_work else None)
        if offset is not None:
            assert all(offset <= first for first in in_work)
            assert offset >= before
            before = offset
    assert in_flight.acknowledged() == cut[-1][1] + 1
