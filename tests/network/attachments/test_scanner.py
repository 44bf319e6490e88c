"""The client for clamd's protocol, against a stand-in on a real socket."""

from __future__ import annotations

from pathlib import Path

import pytest

from network.attachments.scanner import NoVerdict, Scanner, ScannerAway
from tests.support.scanner import clamd


@pytest.mark.parametrize("local", [True, False])
def test_clean_and_infected_files_are_told_apart(tmp_path: Path, local: bool) -> None:
    with clamd(tmp_path / "s" if local else None) as daemon:
        scanner = Scanner(daemon.address)
        scanner.ping()
        assert scanner.scan(b"a" * 300_000) == ""
        assert scanner.scan(b"...EICAR...") == "Eicar-Test-Signature"
        assert scanner.scan(b"") == ""
        assert [len(data) for data in daemon.seen] == [300_000, 11, 0]


@pytest.mark.parametrize("mood", ["error", "garbage", "hang up"])
def test_what_is_not_a_verdict_is_not_taken_for_one(mood: str) -> None:
    with clamd() as daemon:
        daemon.mood = mood
        with pytest.raises(NoVerdict):
            Scanner(daemon.address).scan(b"words")


def test_one_that_hangs_up_while_it_is_sent_a_file_gave_no_verdict() -> None:
    with clamd() as daemon:
        daemon.mood = "hang up"
        with pytest.raises(NoVerdict):
            Scanner(daemon.address).scan(bytes(10 * 1024 * 1024))


def test_a_scanner_that_is_not_there_is_away(tmp_path: Path) -> None:
    with clamd() as daemon:
        pass
    for address in (daemon.address, f"unix://{tmp_path}/nothing"):
        with pytest.raises(ScannerAway):
            Scanner(address).scan(b"words")
        with pytest.raises(ScannerAway):
            Scanner(address).ping()


def test_a_file_beyond_the_scanners_limit_is_not_clean() -> None:
    with clamd() as daemon, pytest.raises(NoVerdict, match="size limit exceeded"):
        Scanner(daemon.address).scan(bytes(2 * 1024 * 1024))
