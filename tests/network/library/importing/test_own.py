"""Archives of ours are recognised, and a hostile or broken one costs no more than what is broken."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest

from network.library.importing.archives import CannotRead
from network.library.importing.documents import OWN_FORMAT, Limits
from network.library.importing.own import OwnArchive, front_matter, open_own
from network.library.importing.read import read
from network.library.importing.readers import CannotUse

UUID = str(uuid4())
GUIDE = f"""---
uuid: {UUID}
title: "Damp\\u0007  and mould"
state: published
updated: '2026-03-01T09:00:00+00:00'
licence: {{id: other, name: House rules, address: 'javascript:alert(1)'}}
history:
- {{number: 1, date: '2026-03-01T09:00:00+00:00'}}
---

Ask.
"""


def packed(guide: str = GUIDE, *, folder: str = "guides/damp", top: str = "", **changes: object) -> bytes:
    manifest = {"format": OWN_FORMAT, "version": 1, "guides": [{"uuid": UUID, "folder": folder}] * 2, **changes}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(f"{top}manifest.json", json.dumps(manifest))
        archive.writestr(f"{top}{folder}/guide.md", guide)
    return out.getvalue()


def opened(data: bytes, limits: Limits | None = None) -> OwnArchive:
    archive = open_own(io.BytesIO(data), limits or Limits())
    assert archive is not None
    return archive


def refused(data: bytes, limits: Limits | None = None) -> str:
    archive = opened(data, limits)
    with pytest.raises(CannotUse) as problem:
        archive.guide(archive.entries[0])
    return str(problem.value)


def test_it_is_read_zipped_in_a_folder_of_its_own_or_unpacked(tmp_path: Path) -> None:
    zipfile.ZipFile(io.BytesIO(packed())).extractall(tmp_path)
    for archive in (opened(packed()), opened(packed(top="library/")), open_own(tmp_path)):
        assert archive is not None
        guide = archive.guide(archive.entries[0])
        assert len(archive.entries) == 1
        assert (guide.title, guide.body, guide.versions[0].number) == ("Damp and mould", "Ask.\n", 1)
        assert guide.licence == ("other", "House rules", "")


@pytest.mark.parametrize(
    ("guide", "reason"),
    [
        ("Ask.\n", "no front matter"),
        (GUIDE.replace(UUID, str(uuid4())), "lacks"),
        (GUIDE.replace("updated: '2026-03-01T09:00:00+00:00'", "updated: '0001-01-01T09:00:00+14:00'"), "lacks"),
        (GUIDE.replace("date: '2026-03-01T09:00:00+00:00'", "date: '9999-12-31T23:00:00-05:00'"), "1 cannot be read"),
        (GUIDE.replace("Ask.", "x" * 300_000), "longer"),
        (GUIDE.replace("number: 1", "number: 2}\n- {number: 1"), "versions/1.md is not in"),
        (GUIDE.replace("history:", "a: !!python/object/apply:os.system [id]\nhistory:"), "cannot be read"),
        (GUIDE.replace("number: 1", "number: -1"), "no versions"),
        (GUIDE.replace("state:", f"summary: 0x{'f' * 5000}\nstate:"), "cannot be read"),
        (GUIDE.replace("number: 1", "number: 1}\n- {number: 1"), "twice"),
    ],
)
def test_what_is_broken_is_refused_with_its_reason(guide: str, reason: str) -> None:
    assert reason in refused(packed(guide))


def test_what_a_network_here_could_not_keep_is_left_aside() -> None:
    odd = opened(packed(GUIDE.replace("state:", "checked: {months: 119}\nstate:")))
    assert odd.guide(odd.entries[0]).check_months is None
    archive = opened(packed(site={"name": "\ud800Net"}, beside={"\ud800": 1, "posts": 2}))
    assert (archive.network, archive.beside) == ("Net", ", posts")


def test_a_path_that_leads_out_and_a_bomb_are_refused() -> None:
    assert opened(packed(folder="../../etc")).entries == []
    assert "too large" in refused(packed(), Limits(file=100))
    archive = opened(packed(), Limits(unpacked=100))
    with pytest.raises(CannotRead):
        archive.guide(archive.entries[0])


def test_one_of_a_newer_release_and_one_that_is_not_ours_are_told_apart() -> None:
    with pytest.raises(CannotRead, match="newer release"):
        open_own(io.BytesIO(packed(version=2)))
    assert open_own(io.BytesIO(packed(format="another"))) is None
    with pytest.raises(CannotRead, match="versions and credits"):
        read(packed(), name="library.zip")


def test_front_matter_gives_the_body_as_it_was_written() -> None:
    body = "\n\n---\n\n  indented\n\n---\n"
    assert front_matter(f"---\ntitle: x\n---\n\n{body}", "guide.md") == ({"title": "x"}, body)
