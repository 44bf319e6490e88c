"""Loading a page: requests a second, and the server's CPU time per request, which is far steadier than the clock."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench.pages import Budget
from bench.server import Server

CLIENTS = 4
ROUNDS = 5
ONE_QUERY = ("/one-query",)


@dataclass(frozen=True)
class Measure:
    """What one page cost."""

    requests_per_second: float
    cpu_ms: float
    kilobytes: float


def load(server: Server, addresses: Sequence[str], *, requests: int, cookie: str = "") -> Measure:
    """Ask for the addresses in turn from four clients, after a warm-up. Raises RuntimeError unless all answer 200."""
    _ask(server.port, addresses, max(20, requests // 10), cookie)
    started, cpu = time.perf_counter(), server.cpu_seconds()
    size = _ask(server.port, addresses, requests, cookie)
    seconds, cpu = time.perf_counter() - started, server.cpu_seconds() - cpu
    return Measure(requests / seconds, 1000 * cpu / requests, size / requests / 1024)


def side_by_side(server: Server, ceiling: Server, page: Budget, cookie: str) -> tuple[Measure, float]:
    """What a page costs, and its ratio to the one-query page.

    The two take turns, because a shared machine is faster now and slower then; the median round counts.
    """
    rounds = []
    for _ in range(ROUNDS):
        found = load(server, page.addresses, requests=page.requests // ROUNDS, cookie=cookie)
        base = load(ceiling, ONE_QUERY, requests=page.requests // ROUNDS)
        rounds.append((found, found.cpu_ms / base.cpu_ms))
    ratio = median(ratio for _, ratio in rounds)
    return next(found for found, own in rounds if own == ratio), ratio


def _ask(port: int, addresses: Sequence[str], requests: int, cookie: str) -> int:
    sizes: list[int] = []
    problems: list[str] = []
    headers = {"Cookie": cookie} if cookie else {}

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for turn in range(number, requests, CLIENTS):
            address = addresses[turn % len(addresses)]
            connection.request("GET", address, headers=headers)
            answer = connection.getresponse()
            sizes.append(len(answer.read()))
            if answer.status != 200:
                problems.append(f"{address} answered {answer.status}")
                return
        connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise RuntimeError(problems[0])
    return sum(sizes)
