"""Children log, end with their parent, and those of a parent that was killed do not stand in the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from streams.demo.children import Child, FolderTakenError, held_folder, started

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
WITH_GRANDCHILD = (
    "import subprocess, sys, time; child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
    "print(child.pid, flush=True); time.sleep(60)"
)


def spawn(tmp_path: Path, code: str) -> Child:
    return Child("child", [sys.executable, "-c", code], tmp_path / "child.log", dict(os.environ))


def line_of(log: Path) -> str:
    deadline = time.monotonic() + 10
    while not (text := log.read_text()).endswith("\n"):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return text.strip()


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 10
    while started(pid) is not None:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_child_logs_to_its_file_and_tells_how_it_ended(tmp_path: Path) -> None:
    child = spawn(tmp_path, "import sys; print('last words'); sys.exit(3)")
    child.finish(10)
    assert child.exit_code == 3
    assert child.log.read_text() == "last words\n"


def test_a_child_that_does_not_end_when_asked_is_ended_by_force(tmp_path: Path) -> None:
    child = spawn(tmp_path, STUBBORN)
    assert line_of(child.log) == "up"
    child.terminate()
    child.finish(0.2)
    assert child.exit_code == -signal.SIGKILL


def test_what_a_child_started_itself_ends_with_it(tmp_path: Path) -> None:
    child = spawn(tmp_path, WITH_GRANDCHILD)
    grandchild = int(line_of(child.log))
    child.terminate()
    child.finish(5)
    wait_until_gone(grandchild)


def test_a_child_dies_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    code = f"""
import sys, time
sys.path[:] = {sys.path}
from pathlib import Path
from streams.demo.children import Child
child = Child("child", [sys.executable, "-c", "import time; time.sleep(60)"], Path("{tmp_path}/child.log"), {{}})
print(child.pid, flush=True)
time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_until_gone(child)


def test_a_folder_is_emptied_and_belongs_to_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "demo"
    with held_folder(path) as folder:
        (folder.path / "old").mkdir()
        (folder.path / "old" / "data").touch()
        (folder.path / "worker.log").touch()
        with pytest.raises(FolderTakenError, match="in use"), held_folder(path):
            pass
    with held_folder(path):
        assert [each.name for each in path.iterdir()] == ["children.jsonl"]


def test_a_folder_with_somebodys_files_is_never_emptied(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("ten years of work")
    with pytest.raises(FolderTakenError, match="would be deleted"), held_folder(tmp_path):
        pass
    assert (tmp_path / "thesis.txt").exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderTakenError, match="Not a directory"), held_folder(tmp_path / "file" / "demo"):
        pass


def test_children_that_a_killed_parent_left_are_ended(tmp_path: Path) -> None:
    with held_folder(tmp_path / "demo") as folder:
        left_over = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        folder.note("worker", left_over.pid)
    with held_folder(tmp_path / "demo"):
        assert started(left_over.pid) is None
    left_over.wait(5)


def test_a_stranger_with_the_number_of_a_former_child_is_left_alone(tmp_path: Path) -> None:
    with held_folder(tmp_path / "demo") as folder:
        folder.note("worker", os.getpid())
        record = folder.path / "children.jsonl"
    noted = json.loads(record.read_text())
    record.write_text(json.dumps(noted | {"started": 1.0}) + "\n" + '{"name": "web", "pi')
    with held_folder(tmp_path / "demo"):
        assert started(os.getpid()) == noted["started"]


@pytest.mark.parametrize(
    "record",
    [
        b'{"name":"x"}\n',
        b"[1]\n",
        b'"x"\n',
        b"null\n",
        b"notes of mine\n",
        b'{"name":"x","pid":"1","started":1}\n',
        b'{"name":"x","pid":-1,"started":1}\n',
        b'{"name":"x","pid":99999999999999999999,"started":1}\n',
        b'{"name":"x","pid":1,"started":[]}\n',
        b"\xff\xfe\n",
        b"[" * 100_000 + b"\n",
    ],
)
def test_a_record_of_somebody_else_is_named_and_nothing_is_deleted(tmp_path: Path, record: bytes) -> None:
    (tmp_path / "children.jsonl").write_bytes(record)
    (tmp_path / "mine.txt").write_text("mine")
    with (
        pytest.raises(FolderTakenError, match=r"children\.jsonl is not this program's record"),
        held_folder(tmp_path),
    ):
        pass
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_half_a_line_of_a_killed_parent_is_no_reason_to_stop(tmp_path: Path) -> None:
    with held_folder(tmp_path) as folder:
        folder.note("self", os.getpid() + 100_000)
    with (tmp_path / "children.jsonl").open("a") as record:
        record.write('{"name": "brok')
    (tmp_path / "old.log").write_text("x")
    with held_folder(tmp_path):
        assert [path.name for path in tmp_path.iterdir()] == ["children.jsonl"]


def test_of_a_link_the_link_alone_is_deleted(tmp_path: Path) -> None:
    kept, folder = tmp_path / "kept", tmp_path / "folder"
    kept.mkdir()
    (kept / "mine.txt").write_text("mine")
    with held_folder(folder):
        (folder / "link").symlink_to(kept)
        (folder / "nowhere").symlink_to(tmp_path / "nowhere")
    with held_folder(folder):
        assert [path.name for path in folder.iterdir()] == ["children.jsonl"]
    assert (kept / "mine.txt").read_text() == "mine"


def test_a_folder_in_the_place_of_the_record_is_said(tmp_path: Path) -> None:
    (tmp_path / "children.jsonl").mkdir()
    with pytest.raises(FolderTakenError, match="choose another folder"), held_folder(tmp_path):
        pass
