"""The file of users: what is kept of a password, what is refused, who is out at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grafana.web.users import User, UserFile, Users, UsersError, hashed, matches, new_users, read, write

HASH = hashed("correct horse")


def test_of_a_password_only_a_salted_hash_is_kept() -> None:
    assert HASH.startswith("scrypt$15$8$1$")
    assert "horse" not in HASH
    assert hashed("correct horse") != HASH
    assert matches("correct horse", HASH)
    for other in ("", "correct hors", "Correct horse", "correct horse ", "\ud800"):
        assert not matches(other, HASH)


@settings(max_examples=50, deadline=None)
@given(team=st.text(min_size=1, max_size=30).filter(lambda text: text.isprintable() or "\x7f" in text))
def test_what_is_written_is_read_again(team: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "users.toml"
        written = Users(new_users().secret, {"a.b@c": User(password=HASH, level="manager", teams=(team,))})
        write(path, written)
        assert read(path) == written
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "secret: Field required"),
        ("secret = 'short'", "secret: "),
        ("secret = 1", "secret: "),
        ("= 1", "not TOML"),
        ('[users.x]\npassword = "hunter2"\nlevel = "admin"', "users.x.password"),
        (f'[users.x]\npassword = "{HASH}"\nlevel = "boss"', "users.x.level"),
        (f'[users.x]\npassword = "{HASH}"\nlevel = "manager"', "a manager has at least one team"),
        (f'[users.x]\npassword = "{HASH}"\nlevel = "admin"\nteams = ["Nord"]', "leave the teams out"),
        (f'[users."a b"]\npassword = "{HASH}"\nlevel = "admin"', "users.a b"),
        (f'[users.x]\npassword = "{HASH.replace("$15$", "$30$")}"\nlevel = "admin"', "users.x.password"),
        (f'[users.x]\npassword = "{HASH}"\nlevel = "admin"\nrole = "root"', "users.x.role"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_never_a_password(
    tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "users.toml"
    with_secret = (
        "" if "secret" in text or not text or text.startswith("=") else 'secret = "' + "s" * 32 + '"\n'
    )
    path.write_text(with_secret + text, encoding="utf-8")
    with pytest.raises(UsersError, match=r"users\.toml") as caught:
        read(path)
    assert told in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert HASH not in str(caught.value)


def test_no_file_says_how_it_is_made(tmp_path: Path) -> None:
    with pytest.raises(UsersError, match="salgspuls users add"):
        UserFile(tmp_path / "none.toml")


def test_who_is_taken_out_is_out_at_once_and_a_broken_file_lets_nobody_in(tmp_path: Path) -> None:
    path = tmp_path / "users.toml"
    users = Users(new_users().secret, {"anna": User(password=HASH, level="admin")})
    write(path, users)
    file = UserFile(path)
    assert file.now() == users
    write(path, Users(users.secret, {}))
    os.utime(path, ns=(1, 1))
    assert not file.now().by_name
    path.write_text("= broken", encoding="utf-8")
    assert not file.now().by_name
    path.unlink()
    assert not file.now().by_name
    write(path, users)
    assert file.now() == users
