"""Loading a page: requests a second, and the server's CPU time per request, which is far steadier than the clock."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench.server import Server

CLIENTS = 4


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
