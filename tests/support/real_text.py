"""Real text that sentiment is compared and measured on."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path


def call_segments(shared_data: Path) -> list[str]:
    """What is said in the two sample calls, 88 English segments."""
    transcribed = json.loads((shared_data / "calls" / "example-call.json").read_text(encoding="utf-8"))
    automated = json.loads((shared_data / "calls" / "bda-standard.json").read_text(encoding="utf-8"))
    return [turn["Content"] for turn in transcribed["Transcript"]] + [
        segment["text"] for segment in automated["audio_segments"]
    ]


def posts(shared_data: Path) -> Iterator[str]:
    """English posts with emoticons, capitals and odd spelling, 4,403 of them."""
    for path in sorted((shared_data / "names").glob("*.conll")):
        tokens: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                tokens.append(line.split("\t")[0])
            elif tokens:
                yield " ".join(tokens)
                tokens = []


def danish_sentences(shared_data: Path) -> Iterator[tuple[str, int | None]]:
    """Danish sentences of the web and of newspapers, with their valence (-5 to 5) where somebody gave one."""
    for path in sorted((shared_data / "sentiment").glob("dan_*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines)
            next(reader)
            for _, valence, text in reader:
                if valence != "9":  # the file's mark for "skip"
                    yield text, int(valence) if valence else None
