"""`python -m bench [--people N --guides N --posts N]`: fill, serve, load, print; exits 1 when a page costs too much."""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
from pathlib import Path

from bench.generate import Size
from bench.measure import load
from bench.pages import budgets
from bench.server import Server, serving

SECRET = "only for benchmarks on this machine, nothing to hide"


def main() -> int:
    """Run the whole comparison."""
    size = _arguments()
    folder = Path("var") / "bench" / hashlib.sha256(repr(size).encode()).hexdigest()[:12]
    environ = {"ENVIRONMENT": "development", "DATA_DIR": str(folder.resolve()), "SECRET_KEY": SECRET, "MAIL_URL": ""}
    os.environ.update(environ)
    cookie, threads = _prepare(size, folder)
    with serving("bench.ceiling:app", environ) as ceiling:
        hello = load(ceiling, ("/hello",), requests=3000)
        base = load(ceiling, ("/one-query",), requests=600)
    print(f"\n{'page':<34}{'requests/s':>11}{'CPU ms':>9}{'ratio':>8}{'may be':>16}{'KB':>7}")
    _row("bare Flask: hello", hello.requests_per_second, hello.cpu_ms, hello.cpu_ms / base.cpu_ms, "", hello.kilobytes)
    _row("bare Flask: one query, 50 rows", base.requests_per_second, base.cpu_ms, 1.0, "", base.kilobytes)
    with serving("app:app", environ) as server:
        over = [
            name
            for who, key in (("visitor", ""), ("member", cookie))
            for name in _pages(server, base.cpu_ms, who, key, threads)
        ]
        print(f"\nmemory of the process with its threads: {server.memory_mib():.0f} MiB (may be 250)")
    print("over budget: " + ", ".join(over) if over else "every page is within its budget")
    return 1 if over else 0


def _pages(server: Server, base: float, who: str, cookie: str, threads: tuple[str, ...]) -> list[str]:
    over = []
    for page in budgets(signed_in=bool(cookie), threads=threads):
        found = load(server, page.addresses, requests=page.requests, cookie=cookie)
        ratio = found.cpu_ms / base
        too_much = found.cpu_ms > page.most_ms or (page.times is not None and ratio > page.times)
        may_be = f"{page.times:g}x, {page.most_ms:g} ms" if page.times else f"{page.most_ms:g} ms"
        name = f"{who}: {page.name}"
        _row(name, found.requests_per_second, found.cpu_ms, ratio, may_be + (" !" if too_much else ""), found.kilobytes)
        over += [name] if too_much else []
    return over


def _row(name: str, rate: float, cpu: float, ratio: float, may_be: str, size: float) -> None:
    print(f"{name:<34}{rate:>11.0f}{cpu:>9.2f}{ratio:>8.2f}{may_be:>16}{size:>7.1f}", flush=True)


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
