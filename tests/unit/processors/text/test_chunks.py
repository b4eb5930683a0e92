"""What stands between the blanks of a text, and what is seen in it."""

from processors.text.chunks import Chunk, Look, chunks, parts


def texts(found: tuple[Chunk, ...]) -> list[str]:
    return [chunk.text for chunk in found]


def test_chunks_stand_between_white_space_of_any_kind_and_parts_between_single_blanks() -> None:
    assert texts(chunks(" it\u00a0is  well,\n said ")) == ["it", "is", "well,", "said"]
    assert texts(parts(" it\u00a0is  well,\n said ")) == ["", "it\u00a0is", "", "well,\n", "said", ""]
    assert chunks("it is") == parts("it is")
    assert (texts(chunks("")), texts(parts(""))) == ([], [""])


def test_a_chunk_is_seen_once_by_each_look_wherever_it_stands() -> None:
    seen: list[str] = []

    def see(chunk: Chunk) -> int:
        seen.append(chunk.text)
        return len(chunk.text)

    first = chunks("a word said twice: word")
    lengths, numbers = Look(see), Look(lambda chunk: chunk.text.isdecimal())
    assert lengths.at(first) == [1, 4, 4, 6, 4]
    assert lengths.at(chunks("another word")) == [7, 4]
    assert seen == ["a", "word", "said", "twice:", "another"]
    assert numbers.at(chunks("word 12")) == [False, True]
    assert [lengths.of(chunk) for chunk in first] == [1, 4, 4, 6, 4]
    assert seen == ["a", "word", "said", "twice:", "another"]


def test_most_chunks_are_a_word_and_perhaps_a_mark() -> None:
    said = "Well, ÆØÅ is it? x.y 3D word.. (so) it's İ a"
    assert [chunk.word for chunk in chunks(said)] == ["well", "æøå", "is", "it", "", "", "", "", "", "", "a"]
