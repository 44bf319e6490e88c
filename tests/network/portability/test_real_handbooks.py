"""The exit guarantee on real guidance: imported, taken out, put into an empty network, taken out there: all the same.

It runs with the smallest archive, so that every run of the tests tries it, and with all where COMMON_PRACTICE_CORPORA
is set.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from network.groups.viewers import viewer_of
from network.library.importing.read import read
from network.library.imports import Options, run_import
from tests.network.portability.travel import elsewhere, files_of, packed, told, unpacked
from tests.support.cast import Cast
from tests.support.corpora import ABSENT, ARCHIVES, SOME, name_of


@pytest.mark.skipif(not ARCHIVES, reason=ABSENT)
@pytest.mark.parametrize("archive", SOME, ids=name_of)
def test_a_real_handbook_makes_the_round_trip(app: Flask, cast: Cast, tmp_path: Path, archive: Path) -> None:
    reading = read(archive)
    owen = cast.person("Owen Pritchard")
    with app.app_context():
        run_import(reading, viewer=viewer_of(owen), options=Options(published=True))
    first = packed(app)
    other = elsewhere(tmp_path / "other")
    report = unpacked(other, first, Cast(other).person("Nadia Hussain"))
    assert len(report.new) == len(json.loads(files_of(first)["manifest.json"])["guides"]) > 25
    assert (report.skipped, report.remarks) == ([], [])
    assert told(packed(other)) == told(first)
