"""The family of errors that people can do something about: the message says what is wrong, the remedy what to do.

    SalgspulsError                 exit code 1
    ├── SettingsError              a setting, its value, what is allowed
    ├── KafkaUnreachable, NotDelivered, UnsupportedFaust
    ├── NotReadyError, StoreUnusableError, UncountedError      a worker cannot start, or go on
    ├── TrackerError               what cannot be done with a tracker; its kinds in streams/trackers/model.py
    ├── ErasureIncompleteError     workers that store what is erased
    ├── ShardFailedError           a process of a job that ended before its work was done
    ├── NoRightToReplaceError      a call that a correction replaces cannot be taken out
    └── BrokerError, DemoError, FolderTakenError               the demo's parts

The store's errors (ClickHouseUnavailableError, MigrationError, EmbeddedError) stand outside of this room, and say by an
`exit_code` of their own that they are of the kind. Whatever has none is a defect, unless `exit_code_of` knows it.
"""

from __future__ import annotations

from typing import ClassVar

FOREIGN = frozenset({"aiokafka.errors.KafkaError", "clickhouse_connect.driver.exceptions.ClickHouseError"})
"""Errors of libraries whose text says it all; by name, for importing them would load what a command does not need."""


class SalgspulsError(Exception):
    """Base of the family; its text is one line or a few, without a traceback."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, remedy: str = "", danish: str = "") -> None:
        super().__init__(f"{message}: {remedy}" if remedy else message)
        self.remedy = remedy
        self.danish = danish
        """The same for who reads Danish; "" where it is said in English only."""


def exit_code_of(error: BaseException) -> int | None:
    """With which code a command ends that raises this; None for a defect."""
    code = getattr(error, "exit_code", None)
    if isinstance(code, int):
        return code
    names = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__}
    return 1 if names & FOREIGN else None
