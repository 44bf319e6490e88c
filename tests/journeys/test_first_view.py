"""What a first view costs on a slow line, and that every kind of page is valid HTML."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.page_kinds import PAGES
from tests.journeys.site import Site

ROOT = Path(__file__).parents[2]
VALIDATOR = ROOT / "node_modules" / ".bin" / "html-validate"
MOST_BYTES = 60 * 1024
MOST_FONT_BYTES = 40 * 1024
ASSET = re.compile(r'(?:href|src)="(/static/dist/[^"#]+)')
RULES = {
    "extends": ["html-validate:standard", "html-validate:a11y"],
    "rules": {
        # A page's title ends with the site's name, and titles of guides may be long.
        "long-title": "off",
        # Templates indent for their readers; browsers do not mind.
        "no-trailing-whitespace": "off",
        # The frame names regions and marks lists that lost their bullets, for readers that need it.
        "no-redundant-role": "off",
        "prefer-native-element": "off",
        # A list may have a name.
        "aria-label-misuse": ["error", {"allowAnyNamable": True}],
    },
}


@pytest.fixture(scope="module")
def html(site: Site, signed_in: Callable[[str], Any]) -> Callable[[str], str]:
    """The HTML of a page kind, fetched once as a browser without script would."""

    @cache
    def fetch(name: str) -> str:
        kind = PAGES[name]
        cookies = signed_in(kind.who)["cookies"] if kind.who else []
        said = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in cookies)
        request = urllib.request.Request(site.address + kind.at(site), headers={"Cookie": said} if said else {})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as refused:
            return refused.read().decode()

    return fetch


@cache
def _compressed(address: str) -> int:
    """How large an asset is on the way."""
    return len(gzip.compress((ROOT / address.lstrip("/")).read_bytes(), 9))


@pytest.mark.parametrize("name", PAGES)
def test_a_first_view_is_light(html: Callable[[str], str], name: str) -> None:
    page = html(name)
    assets = {address for address in ASSET.findall(page) if not address.endswith(".woff2")}
    assert any("main" in address and address.endswith(".css") for address in assets)
    parts = {address: _compressed(address) for address in assets}
    parts["the page"] = len(gzip.compress(page.encode(), 6))
    assert sum(parts.values()) <= MOST_BYTES, parts


def test_the_font_is_light(html: Callable[[str], str]) -> None:
    fonts = [address for address in ASSET.findall(html("home")) if address.endswith(".woff2")]
    assert len(fonts) == 1
    assert (ROOT / fonts[0].lstrip("/")).stat().st_size <= MOST_FONT_BYTES


@pytest.mark.skipif(not VALIDATOR.exists(), reason="html-validate is not installed: npm ci --ignore-scripts")
def test_every_kind_of_page_is_valid(html: Callable[[str], str], tmp_path: Path) -> None:
    for name in PAGES:
        (tmp_path / f"{name}.html").write_text(html(name), encoding="utf-8")
    (tmp_path / "broken.html").write_text("<!DOCTYPE html><p><div></p>", encoding="utf-8")
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps({"root": True, **RULES}))
    subprocess.run(
        [VALIDATOR, "--formatter", "json=found.json", *sorted(path.name for path in tmp_path.glob("*.html"))],
        cwd=tmp_path,
        capture_output=True,
    )
    found = {
        (Path(page["filePath"]).stem, said["ruleId"], said["message"], (said.get("selector") or "")[:160])
        for page in json.loads((tmp_path / "found.json").read_text())
        for said in page["messages"]
    }
    assert any(page == "broken" for page, *_ in found)
    assert sorted(said for said in found if said[0] != "broken") == []
