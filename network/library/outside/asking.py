"""Asking an address outside whether anything is there, without being led into this network by it.

Whoever can write a guide chooses what this process connects to. So only http and https on their usual ports are asked;
the name is looked up once, every address it has must be on the open internet, and the connection goes to the very
address that was looked at, so that a second answer of a name server changes nothing. Redirects are followed by the
same rules. Little is read and nothing is kept but whether it worked.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from network.library.outside.keeping import host_of
from network.library.outside.models import LONGEST_ADDRESS

CONNECT_SECONDS = 4.0
WHOLE_SECONDS = 8.0
MOST_REDIRECTS = 5
MOST_BYTES = 4096
PORTS = {"http": 80, "https": 443}
FOR_EVER = frozenset((301, 308))
REDIRECTS = frozenset((301, 302, 303, 307, 308))
NO_HEAD = frozenset((400, 403, 404, 405, 406, 410, 429, 500, 501, 503))
"""After these somebody may still answer a GET: not every server knows HEAD."""
NOT_TELLING = frozenset((401, 402, 403, 407, 429, 451, 999))

_EMBEDDED = (
    ipaddress.ip_network("64:ff9b::/96"),
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("2002::/16"),
    ipaddress.ip_network("2001::/32"),
    ipaddress.ip_network("::/96"),
    ipaddress.ip_network("192.88.99.0/24"),
)
"""Ranges whose addresses stand for others or for a gateway to them, which might lead anywhere."""

_NOT_GLOBAL = (ipaddress.ip_network("fec0::/10"), ipaddress.ip_network("3fff::/20"))
"""Of one site only, and for examples: not every Python knows."""


class Refused(Exception):
    """The address is not one that is asked; the message says why."""


@dataclass(frozen=True)
class Answer:
    """What asking gave. `state` is one of "fine", "moved", "failing", "unclear" and "refused"."""

    state: str
    said: str = ""
    moved_to: str = ""


@dataclass(frozen=True)
class Asking:
    """How addresses are asked. `on_the_internet` and `ports` are only ever other than these in tests."""

    agent: str
    on_the_internet: Callable[[str], bool]
    ports: Callable[[str, int], bool] = lambda scheme, port: port == PORTS[scheme]


def on_the_internet(address: str) -> bool:
    """Is an IP address one that anybody can reach: not of this machine, this network, or a cloud's own service?"""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if any(found in network for network in (*_EMBEDDED, *_NOT_GLOBAL)):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved and not found.is_unspecified


def ask(address: str, asking: Asking) -> Answer:
    """Ask an address and follow where it leads."""
    end = time.monotonic() + WHOLE_SECONDS
    at, for_ever = address, True
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, leads_to = _status(at, asking, end)
            if status not in REDIRECTS or not leads_to:
                return _answer(status, at if at != address and for_ever else "")
            for_ever = for_ever and status in FOR_EVER
            at = urljoin(at, leads_to).partition("#")[0][: LONGEST_ADDRESS + 1]
    except Refused as refusal:
        return Answer("refused", str(refusal))
    except (OSError, http.client.HTTPException, ValueError) as error:
        # Cut at the end, a connection gives whatever error it was at.
        return Answer("failing", _words(error if time.monotonic() < end else TimeoutError()))
    return Answer("failing", "It leads on and on")


def _answer(status: int, moved_to: str) -> Answer:
    said = f"It answers {status}"
    if status in NOT_TELLING:
        return Answer("unclear", said)
    if not 200 <= status < 300:
        return Answer("failing", said)
    return Answer("moved", said, moved_to) if moved_to else Answer("fine", said)


def _status(address: str, asking: Asking, end: float) -> tuple[int, str]:
    """The status at one address and where it leads: by HEAD, and by GET where that is refused."""
    status, leads_to = _request("HEAD", address, asking, end)
    return _request("GET", address, asking, end) if status in NO_HEAD else (status, leads_to)


def _request(method: str, address: str, asking: Asking, end: float) -> tuple[int, str]:
    parts = urlsplit(address)
    host = host_of(address)
    if not host or parts.username is not None or parts.password is not None:
        raise Refused("Only addresses of the web are asked")
    port = parts.port or PORTS[parts.scheme]
    if not asking.ports(parts.scheme, port):
        raise Refused("Only the usual ports are asked")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Host": _host(host, parts.scheme, port), "User-Agent": asking.agent, "Accept": "*/*"}
    with _connection(parts.scheme, host, port, asking, end) as connection:
        connection.request(method, _quoted(path), headers=headers)
        answer = connection.getresponse()
        if method == "GET":
            answer.read(MOST_BYTES)
        _left(end)
        return answer.status, answer.getheader("Location") or ""


@contextmanager
def _connection(scheme: str, host: str, port: int, asking: Asking, end: float) -> Iterator[http.client.HTTPConnection]:
    """An open connection to an address that was looked at, cut at the end whatever the other side does.

    A time-out of the socket alone would not do: it begins anew with each byte.
    """
    addresses = _looked_up(host, port, min(CONNECT_SECONDS, _left(end)))
    if not addresses or not all(asking.on_the_internet(one) for one in addresses):
        raise Refused("It is not on the open internet")
    seconds = min(CONNECT_SECONDS, _left(end))
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    with socket.create_connection((addresses[0], port), timeout=seconds) as opened, opened.dup() as same:
        cutting = threading.Timer(_left(end), _cut, [same])
        cutting.start()
        try:
            connection.sock = opened
            if scheme == "https":  # For the name, as a browser asks.
                connection.sock = ssl.create_default_context().wrap_socket(opened, server_hostname=host)
            yield connection
        finally:
            cutting.cancel()
            connection.close()


def _looked_up(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a name, asked for in a thread of its own: only so is a slow name server not waited for."""
    found: list[str | OSError | ValueError] = []

    def look_up() -> None:
        try:
            found.extend(str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, ValueError) as error:
            found.append(error)

    looking = threading.Thread(target=look_up, daemon=True)
    looking.start()
    looking.join(seconds)
    if looking.is_alive():
        raise TimeoutError("its name is not found in time")
    for one in found:
        if isinstance(one, Exception):
            raise one
    return [one for one in found if isinstance(one, str)]


def _cut(connected: socket.socket) -> None:
    with suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)


def _left(end: float) -> float:
    """Seconds that are left; TimeoutError when there are none."""
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError("it takes too long")
    return left


def _host(host: str, scheme: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if port == PORTS[scheme] else f"{name}:{port}"


def _quoted(path: str) -> str:
    """What may stand in the first line of a request: other letters as browsers write them."""
    return "".join(c if 32 < ord(c) < 127 else "".join(f"%{byte:02X}" for byte in c.encode()) for c in path)


def _words(error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return "There is no such name"
    if isinstance(error, TimeoutError):
        return "It does not answer in time"
    if isinstance(error, ssl.SSLError):
        return "Its certificate is not valid"
    return "It cannot be reached"
