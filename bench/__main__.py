"""`python -m bench [--people N --guides N --posts N]`: fill, serve, load, print; exits 1 when a page costs too much."""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
from pathlib import Path

from bench.generate import Size
from bench.measure import ONE_QUERY, Measure, load, side_by_side
from bench.pages import budgets
from bench.server import Server, serving

SECRET = "only for benchmarks on this machine, nothing to hide"


def main() -> int:
    """Run the whole comparison."""
    size = _arguments()
    folder = Path("var") / "bench" / hashlib.sha256(f"{size} {_schema()}".encode()).hexdigest()[:12]
    environ = {
        "ENVIRONMENT": "production",
        "BASE_URL": "http://127.0.0.1",
        "DATA_DIR": str(folder.resolve()),
        "SECRET_KEY": SECRET,
        "MAIL_URL": "smtp://127.0.0.1:9",  # No mail is sent: the network's people do nothing meanwhile.
    }
    os.environ.update(environ)
    cookie, threads = _prepare(size, folder)
    with serving("bench.ceiling:app", environ) as ceiling, serving("app:app", environ) as server:
        server.settle()
        hello, base = load(ceiling, ("/hello",), requests=2000), load(ceiling, ONE_QUERY, requests=1000)
        print(f"\n{'page':<34}{'requests/s':>11}{'CPU ms':>9}{'ratio':>8}{'may be':>16}{'KB':>7}")
        _row("bare Flask: hello", hello, hello.cpu_ms / base.cpu_ms, "")
        _row("bare Flask: one query, 50 rows", base, 1.0, "")
        over = [
            name
            for who, key in (("visitor", ""), ("member", cookie))
            for name in _pages(server, ceiling, who, key, threads)
        ]
        print(f"\nmemory of the process with its threads: {server.memory_mib():.0f} MiB (may be 250)")
    print("over budget: " + ", ".join(over) if over else "every page is within its budget")
    return 1 if over else 0


def _schema() -> str:
    """The newest migration: data of another schema is of no use."""
    return max(path.name for path in Path("migrations/versions").glob("[0-9]*.py"))


def _pages(server: Server, ceiling: Server, who: str, cookie: str, threads: tuple[str, ...]) -> list[str]:
    over = []
    for page in budgets(signed_in=bool(cookie), threads=threads):
        found, ratio = side_by_side(server, ceiling, page, cookie)
        too_much = found.cpu_ms > page.most_ms or (page.times is not None and ratio > page.times)
        may_be = f"{page.times:g}x, {page.most_ms:g} ms" if page.times else f"{page.most_ms:g} ms"
        name = f"{who}: {page.name}"
        _row(name, found, ratio, may_be + (" !" if too_much else ""))
        over += [name] if too_much else []
    return over


def _row(name: str, found: Measure, ratio: float, may_be: str) -> None:
    numbers = f"{found.requests_per_second:>11.0f}{found.cpu_ms:>9.2f}{ratio:>8.2f}"
    print(f"{name:<34}{numbers}{may_be:>16}{found.kilobytes:>7.1f}", flush=True)


def _arguments() -> Size:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    for name, value in (("people", 1000), ("guides", 5000), ("posts", 50_000)):
        parser.add_argument(f"--{name}", type=int, default=value)
    found = parser.parse_args()
    return Size(found.people, found.guides, found.posts)


def _prepare(size: Size, folder: Path) -> tuple[str, tuple[str, ...]]:
    """Make the network unless it is there; give a member's cookie and the addresses of long threads."""
    from bench.filling import long_threads, member_cookie, prepare

    started = time.perf_counter()
    app = prepare(size, folder)
    seconds = time.perf_counter() - started
    print(f"{size.people:,} people, {size.guides:,} guides, {size.posts:,} posts ready in {seconds:.0f} s")
    return member_cookie(app), long_threads(app)


if __name__ == "__main__":
    sys.exit(main())
