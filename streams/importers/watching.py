"""A folder into which files are dropped: each is imported once it is complete, then moved out of the way.

What was imported goes to `imported/`, what had problems to `failed/` with a report beside it. Nothing else is
remembered: who is stopped between importing and moving imports once more, which changes nothing. The folder is looked
at again and again instead of asking the system for changes: network shares and synchronised folders tell of none.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from streams.language import Text

IMPORTED = "imported"
FAILED = "failed"
REPORT = ".report.txt"

SETTLE_SECONDS = 5.0
"""So long a file must not have changed: who copies it is done then."""
EMPTY_SECONDS = 60.0
"""So long an empty file waits for its content: some write its name first."""
COMPANION_SECONDS = 60.0
"""So long the transcript of a call waits for the file that tells whose call it is."""

STAYS = Text("{file}: stays, and is tried again: {why}", "{file}: bliver liggende og prøves igen: {why}")
DONE = Text("{file}: imported", "{file}: importeret")
LEFT_OUT = Text("{file}: left out something, see {folder}/", "{file}: noget blev udeladt, se {folder}/")
REPLACED = Text(
    "{file}: was replaced while it was imported, and is imported anew",
    "{file}: blev udskiftet, mens den blev importeret, og importeres igen",
)
AWAY = Text(
    "{folder}: cannot be looked into, and is tried again: {why}",
    "{folder}: kan ikke åbnes og prøves igen: {why}",
)

_COMPANIONS = (".transcript.json", ".calls.json")
"""NAME.json beside NAME.transcript.json or NAME.calls.json is read with it."""
_UNFINISHED = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".filepart", ".swp", "~")


class Verdict(Enum):
    """What became of a file."""

    DONE = "done"
    PROBLEMS = "problems"
    """Something was left out, or all of it."""
    LATER = "later"
    """A server does not answer: the file stays and is tried again."""


class Result(NamedTuple):
    """What became of a file, and what was said of it."""

    verdict: Verdict
    report: str = ""


class _Seen(NamedTuple):
    """A file as it is since a moment of the clock."""

    size: int
    changed_ns: int
    inode: int
    since: float = 0.0

    def is_as(self, other: _Seen) -> bool:
        return self[:3] == other[:3]


@dataclass(slots=True)
class Watch:
    """Watches a folder. `import_file` imports one file; `now` is the clock, in seconds since 1970."""

    folder: Path
    import_file: Callable[[Path], Result]
    now: Callable[[], float]
    say: Callable[[Text], None]
    settle_seconds: float = SETTLE_SECONDS
    _seen: dict[str, _Seen] = field(default_factory=dict)
    _is_away: bool = False

    def look(self) -> int:
        """Import what is complete. Returns the number of files that were dealt with; call it again after a while."""
        try:
            self._seen = files = dict(self._files())
        except OSError as error:
            if not self._is_away:
                self._is_away = True
                self.say(AWAY.filled(folder=self.folder, why=error.strerror))
            return 0
        self._is_away = False
        complete = {name for name, seen in files.items() if self._is_complete(seen)}
        dealt_with = 0
        for group in _groups(complete, files.keys()):
            if self._waits_for_companion(group, files):
                continue
            if not self._take(group):
                return dealt_with  # the server is away for the others, too
            dealt_with += 1
        return dealt_with

    def _is_complete(self, seen: _Seen) -> bool:
        wait = self.settle_seconds if seen.size else max(self.settle_seconds, EMPTY_SECONDS)
        return self.now() - seen.since >= wait

    def _files(self) -> Iterator[tuple[str, _Seen]]:
        """The files that may be meant: no folders, links, hidden or unfinished ones, by name."""
        with os.scandir(self.folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.startswith((".", "~$")) or entry.name.casefold().endswith(
                    (*_UNFINISHED, REPORT)
                ):
                    continue
                try:
                    status = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue  # gone since
                if stat.S_ISREG(status.st_mode):
                    seen = _Seen(status.st_size, status.st_mtime_ns, status.st_ino, self.now())
                    before = self._seen.get(entry.name)
                    yield entry.name, before if before is not None and before.is_as(seen) else seen

    def _waits_for_companion(self, group: Sequence[str], files: dict[str, _Seen]) -> bool:
        if len(group) > 1 or not group[0].casefold().endswith(_COMPANIONS):
            return False
        return self.now() - files[group[0]].since < COMPANION_SECONDS

    def _take(self, group: Sequence[str]) -> bool:
        """Import a file, or files that belong together, and move them. False when it must be tried later."""
        results = [self.import_file(self.folder / name) for name in group]
        report = "\n".join(result.report.rstrip() for result in results if result.report.strip())
        if any(result.verdict is Verdict.LATER for result in results):
            self.say(STAYS.filled(file=group[0], why=report))
            return False
        if not self._are_as_imported(group):
            return True
        failed = any(result.verdict is Verdict.PROBLEMS for result in results)
        target = self.folder / (FAILED if failed else IMPORTED)
        target.mkdir(exist_ok=True)
        for name in group:
            moved = _free(target / name)
            with contextlib.suppress(FileNotFoundError):  # taken away meanwhile; what it said is imported
                shutil.move(self.folder / name, moved)
            self._seen.pop(name, None)
            if failed and name == group[0]:
                moved.with_name(moved.name + REPORT).write_text(
                    report + "\n", encoding="utf-8", errors="backslashreplace"
                )
        self.say((LEFT_OUT if failed else DONE).filled(file=group[0], folder=FAILED))
        return True

    def _are_as_imported(self, group: Sequence[str]) -> bool:
        """Whether files are still those that were imported; one that was replaced meanwhile is looked at anew."""
        now = dict(self._files())
        changed = [
            name for name in group if name in now and not now[name].is_as(self._seen.get(name, now[name]))
        ]
        if changed:
            self._seen = now
            self.say(REPLACED.filled(file=changed[0]))
        return not changed


def _groups(complete: Iterable[str], present: Iterable[str]) -> Iterator[list[str]]:
    """Complete files, with those that are read together as one group, which has to be complete as a whole."""
    there, done = set(present), set(complete)
    taken: set[str] = set()
    for name in sorted(done):
        if name in taken:
            continue
        group = sorted(_family(name) & there)
        if done.issuperset(group):
            taken.update(group)
            yield group


def _family(name: str) -> set[str]:
    """The names of files that are read with this one, itself included."""
    stem = name
    for ending in (*_COMPANIONS, ".json"):
        if name.endswith(ending):
            stem = name.removesuffix(ending)
            return {name, f"{stem}.json", *(f"{stem}{companion}" for companion in _COMPANIONS)}
    return {name}


def _free(path: Path) -> Path:
    """A path that no file has: the name itself, else with a number before its endings."""
    if not path.exists():
        return path
    first, dot, endings = path.name.partition(".")
    numbered = (path.with_name(f"{first}-{number}{dot}{endings}") for number in range(2, 1_000_000))
    return next(each for each in numbered if not each.exists())
