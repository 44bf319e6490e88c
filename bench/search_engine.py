"""Times a search engine over a synthetic network: `python bench/search_engine.py --documents 10000`.

Prints one table: per kind of query the median and 95th percentile in milliseconds of a
search with its total, three facets and ten snippets, and beside it what indexing, a
change and memory cost. The texts are invented from a vocabulary whose words are as
unevenly frequent as those of a language, with a long tail of rare ones.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from search.contract import Document, Engine, Query
from search.engines import ENGINES, open_engine
from search.highlight import mark, snippet
from search.query import parse

FACETS = ("kind", "topic", "organisation")
AUDIENCES = frozenset({"public", "members"})
BATCH = 500
# How many documents arrive a second; Whoosh, which pays for each commit, is asked for less.
ARRIVING = {"whoosh": 5}


class Vocabulary:
    """Words drawn by Zipf's law: the first are common, the last all but unique."""

    def __init__(self, size: int, chance: random.Random) -> None:
        syllables = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "er", "an", "in")]
        words: dict[str, None] = {}
        while len(words) < size:
            words["".join(chance.choices(syllables, k=chance.choice((2, 2, 3, 3, 4))))] = None
        self.words = list(words)
        self._chance = chance
        self._weights = list(accumulate(1 / (rank + 10) for rank in range(size)))

    def draw(self, count: int) -> list[str]:
        return self._chance.choices(self.words, cum_weights=self._weights, k=count)


def documents(count: int, vocabulary: Vocabulary, chance: random.Random) -> Iterator[Document]:
    """Documents of about two kilobytes; one in twenty is for a group only."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(count):
        sentences = (vocabulary.draw(chance.randint(8, 24)) for _ in range(18))
        body = " ".join(" ".join(sentence).capitalize() + "." for sentence in sentences)
        yield Document(
            key=f"guide:{number}", version=1, subject=chance.choice(("guide", "guide", "discussion", "person")),
            title=" ".join(vocabulary.draw(chance.randint(3, 8))).capitalize(), body=body,
            summary=" ".join(vocabulary.draw(20)), audience="public" if number % 20 else f"group:{number % 7}",
            facets={
                "kind": (chance.choice(("guide", "case-study", "template", "policy")),),
                "topic": tuple(f"topic-{chance.randint(1, 40)}" for _ in range(2)),
                "organisation": (f"organisation-{chance.randint(1, 200)}",),
            },
            created=now - timedelta(days=chance.randint(0, 900)), updated=now - timedelta(days=chance.randint(0, 90)),
            uses=int(chance.expovariate(0.5)),
        )  # fmt: skip


def queries(vocabulary: Vocabulary, bodies: dict[str, str], chance: random.Random) -> dict[str, list[str]]:
    """Forty queries of each kind."""
    common, middle, rare = vocabulary.words[:60], vocabulary.words[200:3000], vocabulary.words[5000:40000]
    texts = list(bodies.values())

    def phrase() -> str:
        words = chance.choice(texts).rstrip(".").split()
        start = chance.randrange(len(words) - 3)
        return '"' + " ".join(words[start : start + 2]).replace(".", "") + '"'

    def several(count: int, *pools: list[str]) -> str:
        return " ".join(chance.choice(pools[place % len(pools)]) for place in range(count))

    kinds = {
        "common word": lambda: several(1, common),
        "rare word": lambda: several(1, rare),
        "2 words": lambda: several(2, common, middle),
        "3 words": lambda: several(3, common, middle, middle),
        "10 words": lambda: several(10, common, middle, rare),
        "phrase": phrase,
        "2 words, one must": lambda: "+" + several(2, middle, common),
        "word begun": lambda: chance.choice(middle)[:4] + "*",
    }
    return {kind: [make() for _ in range(40)] for kind, make in kinds.items()}


def odd_input(vocabulary: Vocabulary) -> dict[str, str]:
    """What nobody types who wants to find something, each made to cost as much as it can."""
    common, middle = vocabulary.words[:60], vocabulary.words[200:3000]
    return {
        "500 letters of one word": "a" * 500,
        "brackets": "(" * 250 + ")" * 250,
        "quotes and signs": "\"+-*'" * 100,
        "100 very common words": " ".join(common[n % 60] for n in range(100)),
        "32 words, all must": " ".join("+" + word for word in common[:32]),
        "32 words, all but one not": common[0] + " " + " ".join("-" + word for word in common[1:32]),
        "32 words begun": " ".join(word[:2] + "*" for word in middle[:32]),
        "one letter begun": common[0][:1] + "*",
        "phrase of 16 common words": '"' + " ".join(common[:16]) + '"',
        "10 phrases of common words": " ".join(f'"{common[n]} {common[n + 1]}"' for n in range(10)),
        "slips of common words": " ".join(word[::-1] + "x" for word in common[:32]),
        "filters without end": "topic:topic-1 kind:guide " * 20 + common[0],
        "marks and scripts": "\u0301\u202e\U0001f469\u200d\u0000\ufeff \u0645\u0631 \u4e2d\u6587 " * 30,
    }


def odd(engine: Engine, bodies: dict[str, str], titles: dict[str, str], vocabulary: Vocabulary) -> None:
    """The best of three for each, so that what is printed is the input's cost and not another process's."""
    spent = {
        name: min(timed_search(engine, bodies, titles, text) for _ in range(3))
        for name, text in odd_input(vocabulary).items()
    }
    for name, milliseconds in spent.items():
        print(f"{name:42}{milliseconds:9.1f}")
    print(f"{'odd input, the worst (may be 200)':42}{max(spent.values()):9.1f}")


def percentiles(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered):8.1f} {ordered[math.ceil(len(ordered) * 0.95) - 1]:8.1f}"


def timed_search(engine: Engine, bodies: dict[str, str], titles: dict[str, str], text: str) -> float:
    started = time.perf_counter()
    results = engine.search(Query(text, AUDIENCES, facets=FACETS))
    tree = parse(text)
    for hit in results.hits:
        mark(titles[hit.key], tree, "en")
        snippet(bodies[hit.key], tree, "en")
    return (time.perf_counter() - started) * 1000


def measure(engine: Engine, count: int, rate: int) -> None:
    chance = random.Random(20260101)
    vocabulary = Vocabulary(150_000, chance)
    bodies, titles = {}, {}
    started, cpu = time.perf_counter(), time.process_time()
    with engine.rebuild() as new:
        batch = []
        for document in documents(count, vocabulary, chance):
            bodies[document.key], titles[document.key] = document.body, document.title
            batch.append(document)
            if len(batch) == BATCH:
                new.put(batch)
                batch = []
                print(f"\rindexing {len(bodies)} of {count}", end="", file=sys.stderr, flush=True)
        new.put(batch)
    print(file=sys.stderr)
    seconds = time.perf_counter() - started
    print(
        f"{count} documents indexed in {seconds:.1f} s ({count / seconds:.0f} a second, "
        f"{time.process_time() - cpu:.1f} s of processor time)"
    )
    print(f"\n{'query':24}{'cold p50':>9}{'p95':>9}{'warm p50':>9}{'p95':>9}   (ms, with total, 3 facets, 10 snippets)")
    everything: list[float] = []
    for kind, texts in queries(vocabulary, bodies, chance).items():
        cold = [timed_search(engine, bodies, titles, text) for text in texts]
        warm = [timed_search(engine, bodies, titles, text) for _ in range(3) for text in texts]
        everything += warm
        print(f"{kind:24}{percentiles(cold)} {percentiles(warm)}")
    print(f"{'all':24}{'':17} {percentiles(everything)}")
    begun = [timed(lambda word=word: engine.complete(word[:3], AUDIENCES)) for word in vocabulary.draw(100)]
    print(f"{'completion':24}{'':17} {percentiles(begun)}")
    odd(engine, bodies, titles, vocabulary)
    changes(engine, vocabulary, chance)
    arriving(engine, vocabulary, chance, rate)
    print(
        f"\nlargest memory of this process, texts included: "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


def timed(work: object) -> float:
    started = time.perf_counter()
    work()  # type: ignore[operator]
    return (time.perf_counter() - started) * 1000


def changes(engine: Engine, vocabulary: Vocabulary, chance: random.Random) -> None:
    """Commits of one and of twenty documents, each findable when the call is back."""
    for size, times in ((1, 30), (20, 10)):
        batches = [list(documents(size, vocabulary, chance)) for _ in range(times)]
        spent = [timed(lambda batch=batch: engine.put(batch)) for batch in batches]
        print(f"{f'change of {size}, findable':24}{'':17} {percentiles(spent)}")


@contextmanager
def opened(name: str, place: Path, url: str) -> Iterator[tuple[Engine, Callable[[], int]]]:
    """The engine on an empty index, and what tells how many bytes it takes."""
    if name != "postgresql":
        engine = open_engine(name, place / "index")
        yield engine, lambda: sum(file.stat().st_size for file in place.rglob("*") if file.is_file())
        engine.close()
        return
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS search_bench CASCADE; CREATE SCHEMA search_bench")
        engine = open_engine(name, place, url, "search_bench")
        tables = (
            "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c "
            "WHERE c.relkind = 'r' AND c.relnamespace = 'search_bench'::regnamespace"
        )
        yield engine, lambda: int(connection.execute(tables).fetchall()[0][0])
        engine.close()
        connection.execute("DROP SCHEMA search_bench CASCADE")


@contextmanager
def database(name: str, url: str) -> Iterator[str]:
    """The database to measure on: the one given, or one on a server started for it."""
    if name != "postgresql" or url:
        yield url
        return
    from tests.support.postgres import running_postgres

    with running_postgres() as started:
        yield started


def arriving(engine: Engine, vocabulary: Vocabulary, chance: random.Random, rate: int, seconds: int = 20) -> None:
    """How long a change waits until it is findable while so many a second arrive and a worker looks twice a second."""
    source = documents(rate * (seconds + 10), vocabulary, chance)
    started, arrived, waited = time.perf_counter(), 0, []
    while time.perf_counter() - started < seconds:
        due = int((time.perf_counter() - started) * rate)
        batch = [replace(next(source), key=f"arrived:{arrived + n}", audience="public") for n in range(due - arrived)]
        if batch:
            engine.put(batch)
            engine.search(Query(batch[-1].title, AUDIENCES))
            done = time.perf_counter() - started
            waited += [(done - (arrived + n + 1) / rate) * 1000 for n in range(len(batch))]
            arrived = due
        time.sleep(0.5)
    print(f"{f'{rate} a second, findable':24}{'':17} {percentiles(waited)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=ENGINES, default="whoosh")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--database-url", default="", help="for postgresql; otherwise a server is started")
    wanted = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="search-bench-") as place,
        database(wanted.engine, wanted.database_url) as url,
        opened(wanted.engine, Path(place), url) as (engine, size),
    ):
        measure(engine, wanted.documents, ARRIVING.get(wanted.engine, 20))
        print(f"files or tables: {size() / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
