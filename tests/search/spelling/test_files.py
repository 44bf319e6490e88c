"""The dictionary's file: it comes back, is replaced whole, and may be damaged in any way."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.spelling import load, save

WORDS = {"leave": 3, "parental": 2, "ŵyl": 1}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    save(tmp_path / "words", WORDS)
    return tmp_path / "words"


def test_comes_back(path: Path) -> None:
    dictionary = load(path)
    assert len(dictionary) == 3
    assert {word: dictionary.frequency(word) for word in WORDS} == WORDS
    assert dictionary.suggest("laeve") == ["leave"]


def test_nothing_else_is_left_in_the_folder(path: Path) -> None:
    assert [file.name for file in path.parent.iterdir()] == ["words"]


def test_who_reads_goes_on_reading(path: Path) -> None:
    before = load(path)
    save(path, {"gravel": 1})
    assert before.suggest("laeve") == ["leave"]
    assert load(path).suggest("gravle") == ["gravel"]


def test_a_missing_one_is_empty(tmp_path: Path) -> None:
    assert len(load(tmp_path / "nowhere")) == 0
    assert load(tmp_path / "nowhere").suggest("laeve") == []


@pytest.mark.parametrize("data", [b"", b"w", b"words" * 100, b"\x00" * 200, b"words1l\n" + b"\xff" * 60])
def test_other_bytes_are_empty(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "words").write_bytes(data)
    assert len(load(tmp_path / "words")) == 0


@settings(max_examples=150)
@given(place=st.integers(0, 10**6), byte=st.integers(1, 255), keep=st.none() | st.integers(0, 10**6))
def test_a_damaged_one_is_empty(path: Path, place: int, byte: int, keep: int | None) -> None:
    whole = path.read_bytes()
    if keep is not None:
        damaged = whole[: keep % len(whole)]
    else:
        place %= len(whole)
        damaged = whole[:place] + bytes([whole[place] ^ byte]) + whole[place + 1 :]
    other = path.with_name("damaged")
    other.write_bytes(damaged)
    assert len(load(other)) == 0


def test_a_failing_save_leaves_the_old_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr("search.spelling.files.os.fsync", fail)
    with pytest.raises(OSError, match="no space"):
        save(path, {"gravel": 1})
    assert [file.name for file in path.parent.iterdir()] == ["words"]
    assert len(load(path)) == 3
