"""`python -m bench [--people N --guides N --posts N]`: fill, serve, load, print; exits 1 when something costs too much.

After the network of that size comes a small one of 2,000 documents, in which only searches are measured.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.generate import Size
from bench.mail import mail_server
from bench.measure import ONE_QUERY, Measure, load, side_by_side
from bench.pages import Budget, budgets, search
from bench.server import NeverQuiet, Server, serving

SECRET = "only for benchmarks on this machine, nothing to hide"
SMALL = Size(people=100, guides=950, posts=9_500)
MOST_MEMORY_MIB = 250


@dataclass(frozen=True)
class Network:
    """A filled network that is served, beside the pages to compare with."""

    server: Server
    ceiling: Server
    cookie: str
    threads: tuple[str, ...]
    documents: int


def main() -> int:
    """Run the whole comparison."""
    size = _arguments()
    try:
        with mail_server() as mail_url:
            over = [*_in(size, mail_url, _all_pages), *_in(SMALL, mail_url, _searches)]
    except NeverQuiet as error:
        print(error, file=sys.stderr)
        return 1
    print("over budget: " + ", ".join(over) if over else "every page is within its budget")
    return 1 if over else 0


def _in(size: Size, mail_url: str, measure: Callable[[Network], Iterable[str]]) -> list[str]:
    """Measure in a network of this size; gives what is over its budget."""
    with _network(size, mail_url) as network:
        return list(measure(network))


@contextmanager
def _network(size: Size, mail_url: str) -> Iterator[Network]:
    folder = Path("var") / "bench" / hashlib.sha256(f"{size} {_schema()}".encode()).hexdigest()[:12]
    environ = {
        "ENVIRONMENT": "production",
        "BASE_URL": "http://127.0.0.1",
        "DATA_DIR": str(folder.resolve()),
        "SECRET_KEY": SECRET,
        "MAIL_URL": mail_url,
    }
    os.environ.update(environ)
    cookie, threads, documents = _prepare(size, folder)
    with serving("bench.ceiling:app", environ) as ceiling, serving("app:app", environ) as server:
        server.settle()
        yield Network(server, ceiling, cookie, threads, documents)


def _schema() -> str:
    """The newest migration: data of another schema is of no use."""
    return max(path.name for path in Path("migrations/versions").glob("[0-9]*.py"))


def _prepare(size: Size, folder: Path) -> tuple[str, tuple[str, ...], int]:
    """Make the network unless it is there; give a member's cookie, the addresses of long threads, and its documents."""
    from bench.filling import documents, long_threads, member_cookie, prepare

    started = time.perf_counter()
    app = prepare(size, folder)
    seconds = time.perf_counter() - started
    print(
        f"\n{size.people:,} people, {size.guides:,} guides, {size.posts:,} posts ready in {seconds:.0f} s", flush=True
    )
    return member_cookie(app), long_threads(app), documents(app)


def _all_pages(network: Network) -> Iterator[str]:
    hello = load(network.ceiling, ("/hello",), requests=2000)
    base = load(network.ceiling, ONE_QUERY, requests=1000)
    _heading()
    _row("bare Flask: hello", hello, hello.cpu_ms / base.cpu_ms, "")
    _row("bare Flask: one query, 50 rows", base, 1.0, "")
    for signed_in in (False, True):
        pages = budgets(signed_in=signed_in, threads=network.threads, documents=network.documents)
        yield from _over(network, pages, signed_in=signed_in)
    memory = network.server.memory_mib()
    print(f"\nmemory of the process with its threads: {memory:.0f} MiB (may be {MOST_MEMORY_MIB})")
    if memory > MOST_MEMORY_MIB:
        yield "memory"


def _searches(network: Network) -> Iterator[str]:
    _heading()
    for signed_in in (False, True):
        yield from _over(network, [search(network.documents)], signed_in=signed_in)


def _over(network: Network, pages: Iterable[Budget], *, signed_in: bool) -> Iterator[str]:
    """Measure each page and print it; gives the names of those that cost too much."""
    for page in pages:
        found, ratio = side_by_side(network.server, network.ceiling, page, network.cookie if signed_in else "")
        too_much = found.cpu_ms > page.most_ms or (page.times is not None and ratio > page.times)
        may_be = f"{page.times:g}x, {page.most_ms:g} ms" if page.times else f"{page.most_ms:g} ms"
        name = f"{'member' if signed_in else 'visitor'}: {page.name}"
        _row(name, found, ratio, may_be + (" !" if too_much else ""))
        if too_much:
            yield name


def _heading() -> None:
    print(f"\n{'page':<38}{'requests/s':>11}{'CPU ms':>9}{'ratio':>8}{'may be':>16}{'KB':>7}")


def _row(name: str, found: Measure, ratio: float, may_be: str) -> None:
    numbers = f"{found.requests_per_second:>11.0f}{found.cpu_ms:>9.2f}{ratio:>8.2f}"
    print(f"{name:<38}{numbers}{may_be:>16}{found.kilobytes:>7.1f}", flush=True)


def _arguments() -> Size:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    for name, value in (("people", 1000), ("guides", 5000), ("posts", 50_000)):
        parser.add_argument(f"--{name}", type=int, default=value)
    found = parser.parse_args()
    return Size(found.people, found.guides, found.posts)


if __name__ == "__main__":
    sys.exit(main())
