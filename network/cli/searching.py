"""`flask search …`: the index, seen and rebuilt from the command line, and its quality measured."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup
from tqdm import tqdm

from network.discovery.engine import engine
from network.discovery.indexing import rebuild, reconcile, size

search = AppGroup("search", help="Look after the search index.")


@search.command("rebuild")
@click.option("--only-if-needed", is_flag=True, help="Do nothing when the index is there and whole.")
def rebuild_command(only_if_needed: bool) -> None:
    """Build the index anew beside the live one, then switch to it."""
    if only_if_needed and not engine().needs_rebuild():
        return
    with tqdm(total=size(), desc="Building the search index", unit=" items", disable=None) as bar:
        total = rebuild(bar.update)
    click.echo(f"The search index holds {total:,} items.")


@search.command("reconcile")
def reconcile_command() -> None:
    """Compare index and database, and mend what differs."""
    late, gone = reconcile()
    click.echo(f"Put in {late:,}, taken out {gone:,}.")


@search.command("status")
def status() -> None:
    """Say how the index is."""
    state = engine().health()
    click.echo(f"{'whole' if state.ok else 'NOT USABLE: ' + state.detail}; {state.documents:,} items")


@search.command("evaluate")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--engine", "name", type=click.Choice(["whoosh", "fts5", "memory"]), default="whoosh", show_default=True)
def evaluate_command(folder: Path, name: str) -> None:
    """Measure ranking on a judged collection (docs.jsonl.gz, queries.tsv, qrels.tsv) in a temporary index."""
    from search.evaluate import evaluate as measure

    with tqdm(desc="Indexing and asking", unit=" steps", disable=None) as bar:

        def tell(_stage: str, _done: int, _all: int) -> None:
            bar.update()

        report = measure(folder, engine=name, progress=tell)
    click.echo(
        f"{report.documents:,} documents, {report.queries:,} queries, indexed in {report.indexing_seconds:.1f} s"
    )
    click.echo(f"nDCG@10     {report.ndcg_at_10:.3f}")
    click.echo(f"recall@100  {report.recall_at_100:.3f}")
    click.echo(f"a query     {report.median_ms:.1f} ms median, {report.p95_ms:.1f} ms p95")
