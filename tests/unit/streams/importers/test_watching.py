"""A watched folder: complete files are imported once and moved, problems are reported beside them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from streams.importers.watching import COMPANION_SECONDS, EMPTY_SECONDS, Result, Verdict, Watch


class Folder:
    """A folder, a clock, and an importer that notes what it is given."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = 1_000_000.0
        self.imported: list[tuple[str, str]] = []
        self.answers: dict[str, Result] = {}
        self.said: list[str] = []
        self.meanwhile: dict[str, Callable[[], None]] = {}
        """What happens to a file while it is imported."""
        self.watch = self.new_watch()

    def new_watch(self) -> Watch:
        return Watch(self.path, self._import, lambda: self.clock, lambda text: self.said.append(text.en))

    def _import(self, path: Path) -> Result:
        self.imported.append((path.name, path.read_text()))
        self.meanwhile.pop(path.name, lambda: None)()
        return self.answers.get(path.name, Result(Verdict.DONE))

    def write(self, name: str, text: str) -> None:
        path = self.path / name
        path.write_text(text)
        os.utime(path, (self.clock, self.clock))

    def after(self, seconds: float) -> list[str]:
        """Look once more after a while; what was imported."""
        before = len(self.imported)
        self.clock += seconds
        self.watch.look()
        return [name for name, _ in self.imported[before:]]

    def names(self, folder: str = "") -> list[str]:
        return sorted(path.name for path in (self.path / folder).iterdir() if path.is_file())


def test_a_file_is_imported_once_when_nobody_writes_to_it_any_more(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("call.vtt", "WEB")
    assert folder.after(0) == []
    for text in ("WEBVT", "WEBVTT"):
        folder.write("call.vtt", text)
        assert folder.after(3) == []
    assert folder.after(3) == []
    assert folder.after(3) == ["call.vtt"]
    assert folder.imported == [("call.vtt", "WEBVTT")]
    assert (folder.names(), folder.names("imported")) == ([], ["call.vtt"])
    assert folder.after(100) == []


def test_a_file_that_grows_slowly_with_an_old_time_is_not_taken_for_complete(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for text in ("a", "ab", "abc"):
        (tmp_path / "call.vtt").write_text(text)
        os.utime(tmp_path / "call.vtt", (1000, 1000))  # a copy that keeps the time of its original
        assert folder.after(4) == []
    assert folder.after(4) == []
    assert folder.after(4) == ["call.vtt"]
    assert folder.imported == [("call.vtt", "abc")]


def test_problems_are_in_a_report_beside_the_file(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.answers["call.vtt"] = Result(Verdict.PROBLEMS, "call.vtt:3: has no times\n")
    folder.write("call.vtt", "x")
    folder.after(0)
    folder.after(10)
    assert folder.names("failed") == ["call.vtt", "call.vtt.report.txt"]
    assert (tmp_path / "failed" / "call.vtt.report.txt").read_text() == "call.vtt:3: has no times\n"
    assert folder.names() == []


def test_what_a_server_s_absence_stops_stays_and_is_tried_again_also_after_a_restart(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.answers["a.vtt"] = Result(Verdict.LATER, "Kafka does not answer")
    for name in ("a.vtt", "b.vtt"):
        folder.write(name, "x")
    folder.after(0)
    assert folder.after(10) == ["a.vtt"]
    assert folder.names() == ["a.vtt", "b.vtt"]
    del folder.answers["a.vtt"]
    folder.watch = folder.new_watch()
    folder.after(0)
    assert folder.after(5) == ["a.vtt", "b.vtt"]
    assert folder.names() == []


def test_a_file_of_the_same_name_is_imported_again_and_covers_none(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for text in ("one", "two"):
        folder.write("call.transcript.vtt", text)
        folder.after(0)
        folder.after(10)
    assert folder.names("imported") == ["call-2.transcript.vtt", "call.transcript.vtt"]
    assert [text for _, text in folder.imported] == ["one", "two"]


def test_hidden_unfinished_and_linked_files_and_reports_are_left_alone(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    left = (
        ".call.vtt",
        "call.vtt.part",
        "call.vtt.crdownload",
        "~$deals.xlsx",
        "call.vtt.report.txt",
        "call.vtt~",
    )
    for name in left:
        folder.write(name, "x")
    (tmp_path / "link.vtt").symlink_to(tmp_path / ".call.vtt")
    (tmp_path / "folder.vtt").mkdir()
    folder.after(0)
    assert folder.after(100) == []


def test_files_that_are_read_together_wait_for_each_other_and_move_together(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("call.transcript.json", "[]")
    folder.after(0)
    assert folder.after(10) == [], "its metadata may come"
    folder.write("call.json", "{}")
    folder.after(0)
    assert folder.after(10) == ["call.json", "call.transcript.json"]
    assert folder.names("imported") == ["call.json", "call.transcript.json"]
    folder.write("other.transcript.json", "[]")
    folder.after(0)
    assert folder.after(COMPANION_SECONDS + 1) == ["other.transcript.json"]


def test_a_time_ahead_of_the_clock_does_not_hold_a_file_back(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("call.vtt", "x")
    os.utime(tmp_path / "call.vtt", (folder.clock + 3600, folder.clock + 3600))
    folder.after(0)
    assert folder.after(10) == ["call.vtt"]


def test_a_file_that_is_replaced_while_it_is_imported_is_imported_anew(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("call.vtt", "one")
    folder.meanwhile["call.vtt"] = lambda: folder.write("call.vtt", "another")
    folder.after(0)
    assert folder.after(10) == ["call.vtt"]
    assert (folder.names(), (tmp_path / "imported").exists()) == (["call.vtt"], False)
    assert folder.said == ["call.vtt: was replaced while it was imported, and is imported anew"]
    assert folder.after(10) == ["call.vtt"]
    assert [text for _, text in folder.imported] == ["one", "another"]
    assert folder.names("imported") == ["call.vtt"]


def test_a_file_that_is_taken_away_while_it_is_imported_stops_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for name in ("a.vtt", "b.vtt"):
        folder.write(name, "x")
    folder.answers["a.vtt"] = Result(Verdict.PROBLEMS, "a.vtt: no\n")
    folder.meanwhile["a.vtt"] = (tmp_path / "a.vtt").unlink
    folder.after(0)
    assert folder.after(10) == ["a.vtt", "b.vtt"]
    assert (folder.names("failed"), folder.names("imported")) == (["a.vtt.report.txt"], ["b.vtt"])


def test_an_empty_file_waits_for_its_content(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("call.vtt", "")
    folder.after(0)
    assert folder.after(30) == []
    folder.write("call.vtt", "WEBVTT")
    folder.after(0)
    assert folder.after(5) == ["call.vtt"]
    folder.write("empty.vtt", "")
    folder.after(0)
    assert folder.after(EMPTY_SECONDS) == ["empty.vtt"]


def test_a_folder_that_is_away_for_a_while_ends_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "share")
    assert folder.after(0) == []
    assert folder.after(2) == []
    assert len(folder.said) == 1
    folder.path.mkdir()
    folder.write("call.vtt", "x")
    folder.after(0)
    assert folder.after(5) == ["call.vtt"]


def test_a_name_that_is_no_utf8_is_reported(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    name = os.fsdecode(b"m\xf8de.vtt")
    folder.answers[name] = Result(Verdict.PROBLEMS, f"{name}: has no times")
    folder.write(name, "x")
    folder.after(0)
    assert folder.after(5) == [name]
    assert "has no times" in (tmp_path / "failed" / f"{name}.report.txt").read_text()
