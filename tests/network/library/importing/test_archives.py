"""Whatever an archive holds, only harmless files come out, and everything else is named with its reason."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from network.library.importing.archives import CannotRead, open_archive, wrong_with
from network.library.importing.documents import Limits


def zipped(files: dict[str, bytes], *, links: dict[str, str] | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        for name, target in (links or {}).items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o120777 << 16
            archive.writestr(entry, target)
    return buffer.getvalue()


def tarred(entries: list[tuple[str, bytes, bytes]], mode: str = "w:gz") -> bytes:
    """entries: name, type flag, data (or the target of a link)."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, kind, data in entries:
            entry = tarfile.TarInfo(name)
            entry.type = kind
            if kind == tarfile.REGTYPE:
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))
            else:
                entry.linkname = data.decode()
                archive.addfile(entry)
    return buffer.getvalue()


def test_a_zip_a_tar_and_a_folder_give_the_same_files(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.md").write_bytes(b"# A")
    (tmp_path / "b.md").write_bytes(b"# B")
    expected = {"in/a.md": b"# A", "b.md": b"# B"}
    packed = [("x.zip", zipped(expected)), ("x.tar.gz", tarred([(n, b"0", d) for n, d in expected.items()]))]
    packed.append(("x.tar", tarred([(n, b"0", d) for n, d in expected.items()], "w")))
    for name, data in packed:
        archive = open_archive(data, name=name)
        assert {file.path: file.data for file in archive.files} == expected
    assert {file.path: file.data for file in open_archive(tmp_path).files} == expected


@pytest.mark.parametrize(
    "path",
    ["../evil.md", "a/../../evil.md", "/etc/evil.md", "\\evil.md", "C:\\evil.md", "c:evil.md", "a\\..\\evil.md",
     "~/evil.md", "a\x00.md", "a\n.md", "x" * 300 + ".md"],
)  # fmt: skip
def test_paths_that_lead_elsewhere_are_refused(path: str) -> None:
    assert wrong_with(path) is not None


@pytest.mark.parametrize("path", ["../evil.md", "/etc/evil.md", "a/../../evil.md"])
def test_zip_slip_is_refused_by_name(path: str) -> None:
    for name, data in [
        ("x.zip", zipped({path: b"x", "ok.md": b"x"})),
        ("x.tgz", tarred([(path, b"0", b"x"), ("ok.md", b"0", b"x")])),
    ]:
        archive = open_archive(data, name=name)
        assert [file.path for file in archive.files] == ["ok.md"]
        assert [refusal.path for refusal in archive.refused] == [path]


def test_links_and_devices_are_refused_by_name() -> None:
    kinds = [
        (tarfile.SYMTYPE, "soft"),
        (tarfile.LNKTYPE, "hard"),
        (tarfile.FIFOTYPE, "pipe"),
        (tarfile.CHRTYPE, "device"),
    ]
    data = tarred([(f"{name}.md", kind, b"/etc/passwd") for kind, name in kinds])
    archive = open_archive(data, name="x.tar.gz")
    assert archive.files == []
    assert {refusal.path for refusal in archive.refused} == {f"{name}.md" for _, name in kinds}
    in_zip = open_archive(zipped({}, links={"soft.md": "/etc/passwd"}), name="x.zip")
    assert [(refusal.path, refusal.reason) for refusal in in_zip.refused] == [("soft.md", "it is a link")]


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("secret")
    folder = tmp_path / "folder"
    folder.mkdir()
    os.symlink(outside / "secret.md", folder / "file.md")
    os.symlink(outside, folder / "sub")
    os.mkfifo(folder / "pipe.md")
    archive = open_archive(folder)
    assert archive.files == []
    assert {refusal.path for refusal in archive.refused} == {"file.md", "sub", "pipe.md"}


def test_a_bomb_stops_the_import_before_it_is_unpacked() -> None:
    bomb = zipped({f"{number}.md": b"\x00" * 1_000_000 for number in range(30)})
    assert len(bomb) < 100_000
    with pytest.raises(CannotRead, match="larger than 10 MB"):
        open_archive(bomb, name="bomb.zip", limits=Limits(unpacked=10 * 1024 * 1024))
    with pytest.raises(CannotRead, match="larger than 10 MB"):
        open_archive(
            tarred([(f"{number}.md", b"0", b"\x00" * 1_000_000) for number in range(30)]),
            name="bomb.tgz",
            limits=Limits(unpacked=10 * 1024 * 1024),
        )


def test_a_size_in_a_header_is_not_believed() -> None:
    data = bytearray(zipped({"a.md": b"x" * 50_000}))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    data[22:26] = (10).to_bytes(4, "little")
    with pytest.raises(CannotRead, match=r"x\.zip is damaged"):
        open_archive(bytes(data), name="x.zip", limits=Limits(file=1000))


def test_giant_files_are_refused_and_the_others_come_in() -> None:
    archive = open_archive(zipped({"big.md": b"x" * 2000, "ok.md": b"x"}), name="x.zip", limits=Limits(file=1000))
    assert [file.path for file in archive.files] == ["ok.md"]
    assert archive.refused[0].path == "big.md"
    assert "larger than" in archive.refused[0].reason


def test_too_many_files_and_too_large_archives_are_refused_whole() -> None:
    with pytest.raises(CannotRead, match="more than 3 files"):
        open_archive(zipped({f"{n}.md": b"x" for n in range(4)}), name="x.zip", limits=Limits(files=3))
    with pytest.raises(CannotRead, match="larger than"):
        open_archive(b"x" * 2000, name="x.md", limits=Limits(packed=1000))


def test_archives_inside_archives_stay_closed() -> None:
    archive = open_archive(zipped({"in.zip": zipped({"a.md": b"x"}), "in.tar.gz": b"x"}), name="x.zip")
    assert archive.files == []
    assert len(archive.refused) == 2


def test_two_files_that_differ_only_in_case_are_not_both_taken() -> None:
    archive = open_archive(zipped({"a.md": b"1", "A.md": b"2"}), name="x.zip")
    assert [file.path for file in archive.files] == ["a.md"]
    assert archive.refused[0].path == "A.md"


@pytest.mark.parametrize(
    ("name", "data"),
    [("x.zip", b"no zip"), ("x.tar.gz", b"no tar"), ("x.zip", zipped({"a.md": b"x" * 999})[:60])],
    ids=["no-zip", "no-tar", "cut-zip"],
)
def test_damaged_archives_are_said_to_be_damaged(name: str, data: bytes) -> None:
    with pytest.raises(CannotRead, match="damaged"):
        open_archive(data, name=name)


def test_other_kinds_of_archive_are_named() -> None:
    with pytest.raises(CannotRead, match=r"Use \.zip or \.tar\.gz"):
        open_archive(b"7z", name="x.7z")


def test_locked_zip_entries_are_refused() -> None:
    data = bytearray(zipped({"a.md": b"secret"}))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    data[6] |= 1
    archive = open_archive(bytes(data), name="x.zip")
    assert archive.refused[0].reason == "it is locked with a password"


def test_what_systems_leave_behind_is_passed_over() -> None:
    archive = open_archive(
        zipped({"__MACOSX/._a.md": b"x", ".git/config": b"x", "a/.DS_Store": b"x", "a.md": b"x"}), name="x.zip"
    )
    assert [file.path for file in archive.files] == ["a.md"]
    assert archive.refused == []
