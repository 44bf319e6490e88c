"""Building the front end: what the build before made stays until the next."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
TOOLS = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
BUILD = """
import { keepFormer } from "%s";
await keepFormer(process.argv[1], process.argv[2]);
"""


def built(folder: Path, *files: str, manifest: dict[str, str]) -> Path:
    folder.mkdir()
    for name in files:
        (folder / name).write_text(name)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def keep(former: Path, new: Path) -> None:
    script = BUILD % (ROOT / "static" / "former.mjs").as_uri()
    command = ["node", "--input-type=module", "--eval", script, str(former), str(new)]
    subprocess.run(command, check=True, timeout=60, env=os.environ | {"PATH": TOOLS})


def test_a_server_that_still_runs_keeps_its_styles_for_one_more_build(tmp_path: Path) -> None:
    oldest, page = "main.000.css", "main.111.css"
    icons = {"icons.svg": "icons.333.svg"}
    former = built(tmp_path / "dist", oldest, page, f"{page}.gz", "icons.333.svg", manifest={"main.css": page, **icons})
    (former / "icons.333.svg").write_text("as it was")
    new = built(tmp_path / "new", "main.222.css", "icons.333.svg", manifest={"main.css": "main.222.css", **icons})
    keep(former, new)
    assert {path.name for path in new.iterdir()} == {
        *("main.222.css", "icons.333.svg", "manifest.json", page, f"{page}.gz")
    }
    assert json.loads((new / "manifest.json").read_text())["main.css"] == "main.222.css"
    assert (new / "icons.333.svg").read_text() == "icons.333.svg"


def test_the_first_build_and_one_after_a_broken_one_need_no_former(tmp_path: Path) -> None:
    new = built(tmp_path / "new", "main.222.css", manifest={"main.css": "main.222.css"})
    keep(tmp_path / "dist", new)
    broken = built(tmp_path / "broken", "main.111.css", manifest={})
    (broken / "manifest.json").write_text("{")
    keep(broken, new)
    assert {path.name for path in new.iterdir()} == {"main.222.css", "manifest.json"}
