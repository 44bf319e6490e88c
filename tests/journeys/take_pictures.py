"""Takes the pictures of the README from the demo network: `python -m tests.journeys.take_pictures`."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.journeys.conftest import CHROMIUM, FLAGS, email_of, sign_in
from tests.journeys.page_kinds import MEMBER
from tests.journeys.site import running

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SIZE = {"width": 1280, "height": 960}
# Few enough colours for a small file; ours are plain surfaces.
COLOURS = 128
VISITORS = {
    "home": "/",
    "guide": "/library/moving-a-planning-register-to-open-data",
    "search": "/search?q=accesibility+statements",
}


def take() -> None:
    """Write home.png, guide.png, search.png and home-signed-in.png."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = browser.new_page(base_url=site.address, viewport=SIZE, reduced_motion="reduce")
        for name, address in VISITORS.items():
            page.goto(address)
            _keep(name, page.screenshot())
        sign_in(page, email_of(site, MEMBER), site.password)
        page.goto("/")
        _keep("home-signed-in", page.screenshot())
        browser.close()


def _keep(name: str, png: bytes) -> None:
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    take()
