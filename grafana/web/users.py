"""Who may sign in, and what they see: a file of users in TOML, each with a hash of the password.

    secret = "..."

    [users.anna]
    password = "scrypt$15$8$1$..."
    level = "manager"
    teams = ["Nord"]

`salgspuls users` writes it. The secret signs sessions; whoever can read the file can sign in as anybody.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
import tempfile
import threading
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from grafana.web.access import Access, Level

SHORTEST_PASSWORD = 10
NAME = re.compile(r"[\w.@+-]{1,64}")
_COST = (15, 8, 1)
"""Of scrypt: log2 of the rounds, block size, lanes: 32 MiB and a tenth of a second for each attempt."""
_HASH = re.compile(r"scrypt\$(1[0-7])\$([1-9]|1[0-6])\$([1-4])\$([A-Za-z0-9+/]{22}==)\$([A-Za-z0-9+/]{43}=)")


class UsersError(Exception):
    """The file of users cannot be used; the text says which, why, and what to do."""

    exit_code = 1


def hashed(password: str) -> str:
    """What is kept of a password."""
    salt = secrets.token_bytes(16)
    return _written(_COST, salt, _scrypt(password, salt, _COST))


def matches(password: str, kept: str) -> bool:
    """Whether it is the password that this hash was made of. Takes a tenth of a second."""
    parts = _HASH.fullmatch(kept)
    assert parts is not None, "the file was checked when it was read"
    cost = (int(parts[1]), int(parts[2]), int(parts[3]))
    salt, expected = (base64.b64decode(parts[n]) for n in (4, 5))
    return hmac.compare_digest(_scrypt(password, salt, cost), expected)


def _scrypt(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    rounds, block, lanes = cost
    secret = password.encode(errors="surrogatepass")
    memory = (130 << rounds) * block + (1 << 20)
    return hashlib.scrypt(secret, salt=salt, n=1 << rounds, r=block, p=lanes, maxmem=memory, dklen=32)


def _written(cost: tuple[int, int, int], salt: bytes, digest: bytes) -> str:
    encoded = [base64.b64encode(part).decode() for part in (salt, digest)]
    return "$".join(("scrypt", *map(str, cost), *encoded))


class User(BaseModel):
    """One user: the hash of the password, and what they see (see `Access`)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    password: Annotated[str, StringConstraints(pattern=f"^{_HASH.pattern}$")] = Field(repr=False)
    level: Level
    teams: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _teams_fit_the_level(self) -> Self:
        if self.level == "manager" and not self.teams:
            raise ValueError("a manager has at least one team")
        if self.level == "admin" and self.teams:
            raise ValueError("an admin sees every team: leave the teams out")
        return self

    def access(self, name: str) -> Access:
        """What they see."""
        return Access(self.level, self.teams, name)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    secret: Annotated[str, StringConstraints(min_length=32, max_length=200)] = Field(repr=False)
    users: Mapping[Annotated[str, StringConstraints(pattern=f"^{NAME.pattern}$")], User] = Field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class Users:
    """The users by name, and the secret that signs their sessions."""

    secret: str = field(repr=False)
    by_name: Mapping[str, User] = field(default_factory=dict)


def read(path: Path) -> Users:
    """The users in a file. Raises UsersError."""
    try:
        found = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        reason = (error.strerror or "").lower()
        raise UsersError(
            f"{path}: cannot read the users: {reason}; `salgspuls users add` makes the file"
        ) from None
    except ValidationError as error:
        problems = (
            f"{'.'.join(map(str, problem['loc']))}: {problem['msg'].removeprefix('Value error, ')}"
            for problem in error.errors(include_url=False, include_input=False, include_context=False)
        )
        raise UsersError(f"{path}: {'; '.join(problems)}") from None
    except ValueError as error:
        raise UsersError(f"{path}: not TOML: {error}") from None
    return Users(found.secret, found.users)


def write(path: Path, users: Users) -> None:
    """Put the file in place of the one before, readable for its owner alone. Raises UsersError."""
    lines = [
        "# Made by `salgspuls users`. Whoever can read it can sign in as anybody.",
        f"secret = {_quoted(users.secret)}",
    ]
    for name, user in sorted(users.by_name.items()):
        lines += [
            "",
            f"[users.{_quoted(name)}]",
            f"password = {_quoted(user.password)}",
            f'level = "{user.level}"',
        ]
        if user.teams:
            lines.append(f"teams = [{', '.join(map(_quoted, user.teams))}]")
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as new:
            new.write("\n".join(lines) + "\n")
        Path(new.name).replace(path)
    except OSError as error:
        raise UsersError(f"{path}: cannot write the users: {(error.strerror or '').lower()}") from None


def _quoted(text: str) -> str:
    """A basic string of TOML, whose escapes are those of JSON but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


class UserFile:
    """The users as the file has them now: who is taken out of it is out at once. One that has become unreadable leaves
    everybody out. Raises UsersError when it cannot be read to begin with."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._stamp = self._stat()
        self._users = read(path)

    def now(self) -> Users:
        """The users at this moment."""
        with self._lock:
            stamp = self._stat()
            if stamp != self._stamp:
                self._stamp = stamp
                try:
                    self._users = read(self._path)
                except UsersError:
                    self._users = Users(secrets.token_hex(32))
            return self._users

    def _stat(self) -> tuple[int, int, int]:
        try:
            found = self._path.stat()
        except OSError:
            return (0, 0, 0)
        return found.st_mtime_ns, found.st_size, found.st_ino


def new_users() -> Users:
    """Nobody yet, with a secret of its own."""
    return Users(secrets.token_hex(32))
