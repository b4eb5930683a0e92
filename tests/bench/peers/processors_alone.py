"""Our processors alone: messages from a file, read, analysed, folded, made rows of, and stored nowhere."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.peers.work import SETTINGS, Given, Stopwatch, Work

given = Given.of_arguments()
messages = Path(sys.argv[2]).read_bytes().split(b"\n")
work, watch = Work(given), Stopwatch(given)
for start in range(0, len(messages), SETTINGS.flush_rows):
    some = messages[start : start + SETTINGS.flush_rows]
    watch.take(len(some))
    for message in some:
        work.take(message)
    work.rows(work.changed())
watch.stop()
