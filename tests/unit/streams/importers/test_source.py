"""A file is read in bounded memory, whatever is in it, and tells how far reading is."""

from __future__ import annotations

from pathlib import Path

import pytest

from streams.importers import source as module
from streams.importers.source import MAX_LINE_BYTES, Source, UnreadableError


def written(folder: Path, content: bytes) -> Source:
    path = folder / "file"
    path.write_bytes(content)
    return Source(path)


def test_lines_come_one_by_one_with_their_numbers_and_without_the_mark_of_the_encoding(
    tmp_path: Path,
) -> None:
    source = written(tmp_path, b"\xef\xbb\xbfone\r\ntwo\n\nfour")
    seen = [(source.line, line) for line in source.lines()]
    assert seen == [(1, b"one\r\n"), (2, b"two\n"), (3, b"\n"), (4, b"four")]
    assert source.position == source.size
    assert source.sample.startswith(b"one")


def test_of_an_endless_line_only_the_beginning_is_held(tmp_path: Path) -> None:
    source = written(tmp_path, b"x" * (3 * MAX_LINE_BYTES) + b"\nnext\n")
    first, second = source.lines()
    assert len(first) == MAX_LINE_BYTES
    assert second == b"next\n"
    assert source.line == 2


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("[1, 2,]", [1, 2]),
        ('{"a": {"b": 1, }, }', {"a": {"b": 1}}),
        ('["a,]", "b\\",}",]', ["a,]", 'b",}']),
        ('\ufeff["Søren"]', ["Søren"]),
    ],
)
def test_a_comma_after_the_last_element_is_forgiven_and_commas_in_words_stay(
    content: str, value: object, tmp_path: Path
) -> None:
    assert written(tmp_path, content.encode()).document() == value


def test_where_json_is_broken_is_said(tmp_path: Path) -> None:
    source = written(tmp_path, b'{"a": 1,\n"b": oops,\n}')
    with pytest.raises(UnreadableError, match="is not JSON") as caught:
        source.document()
    assert caught.value.line == 2
    assert source.object() == {}
    assert source.array() == []


def test_a_document_too_large_for_memory_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_DOCUMENT_BYTES", 10)
    with pytest.raises(UnreadableError, match="14 bytes, at most 10"):
        written(tmp_path, b'{"a": "hello"}').document()


def test_messages_are_lines_or_elements_or_the_one_object(tmp_path: Path) -> None:
    lines = written(tmp_path, b'{"a": 1}\n\nnonsense\n{"a": 2}\n')
    (one, two, three) = lines.messages()
    assert one == (1, {"a": 1})
    assert two[0] == 3
    assert isinstance(two[1], UnreadableError)
    assert three == (4, {"a": 2})
    assert lines.first_message() == {"a": 1}

    array = written(tmp_path, b'[\n{"a": 1},\n{"a": 2}\n]')
    assert list(array.messages()) == [(None, {"a": 1}), (None, {"a": 2})]
    assert array.first_message() == {"a": 1}

    single = written(tmp_path, b'{\n"a": 1\n}')
    assert list(single.messages()) == [(None, {"a": 1})]
    assert written(tmp_path, b"[]").first_message() == {}
    assert written(tmp_path, b"7").first_message() == {}
