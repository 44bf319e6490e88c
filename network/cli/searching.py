"""`flask search …`: the index, seen and rebuilt from the command line, and its quality measured."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import AppGroup
from tqdm import tqdm

from network.core.settings import SEARCH_ENGINES
from network.discovery.engine import engine, engine_name
from network.discovery.indexing import rebuild, reconcile, size, switch
from search.contract import EngineError

if TYPE_CHECKING:
    from search.evaluate import Report

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
    click.echo(f"{engine_name()}: {'whole' if state.ok else 'NOT USABLE: ' + state.detail}; {state.documents:,} items")


@search.command("switch")
@click.argument("name", metavar="ENGINE", type=click.Choice(SEARCH_ENGINES))
def switch_command(name: str) -> None:
    """Build the index of ENGINE beside the one in use, then change over to it without a break."""
    if name == engine_name():
        click.echo(f"The search index is already held by {name}.")
        return
    if name == "postgresql" and not _database_url():
        raise click.ClickException("postgresql needs a PostgreSQL database. Set DATABASE_URL to one.")
    try:
        with tqdm(total=size(), desc=f"Building the index of {name}", unit=" items", disable=None) as bar:
            total = switch(name, bar.update)
    except EngineError as error:
        raise click.ClickException(f"{error}; nothing was changed over.") from error
    click.echo(f"Search now uses {name}; its index holds {total:,} items.")


def _database_url() -> str:
    """The application's database where it is PostgreSQL, else nothing."""
    url = str(current_app.config["DATABASE_URL"])
    return url if url.startswith("postgresql") else ""


@search.command("evaluate")
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--engine",
    "names",
    multiple=True,
    type=click.Choice([*SEARCH_ENGINES, "memory"]),
    help="May be given several times; without it the engine in use.",
)
@click.option("--database-url", default="", help="For postgresql: where the temporary index is made.")
def evaluate_command(folders: tuple[Path, ...], names: tuple[str, ...], database_url: str) -> None:
    """Measure ranking on judged collections (docs.jsonl.gz, queries.tsv, qrels.tsv) in temporary indexes."""
    names = names or (engine_name(),)
    database_url = database_url or _database_url()
    if "postgresql" in names and not database_url.startswith("postgresql"):
        raise click.ClickException("postgresql needs a PostgreSQL database. Give --database-url or set DATABASE_URL.")
    if len(folders) == len(names) == 1:
        _tell(_measured(folders[0], names[0], database_url))
        return
    width = max(len("collection"), *(len(folder.resolve().name) for folder in folders))
    click.echo(f"{'collection':{width}}  {_HEADINGS}")
    for folder in folders:
        for name in names:
            report = _measured(folder, name, database_url)
            click.echo(f"{folder.resolve().name:{width}}  {_row(name, report)}")


def _measured(folder: Path, name: str, database_url: str) -> Report:
    from search.evaluate import evaluate as measure

    with tqdm(desc=f"{folder.resolve().name}, {name}", unit=" steps", disable=None, leave=False) as bar:

        def tell(_stage: str, _done: int, _all: int) -> None:
            bar.update()

        try:
            return measure(folder, engine=name, progress=tell, database_url=database_url)
        except (OSError, ValueError) as error:
            raise click.ClickException(f"{folder}: {error}") from error


_HEADINGS = "engine      nDCG@10  recall@100  median ms   p95 ms  documents  queries  indexing s"


def _row(name: str, report: Report) -> str:
    return (
        f"{name:10}  {report.ndcg_at_10:7.3f}  {report.recall_at_100:10.3f}  {report.median_ms:9.1f}  "
        f"{report.p95_ms:7.1f}  {report.documents:9,}  {report.queries:7,}  {report.indexing_seconds:10.1f}"
    )


def _tell(report: Report) -> None:
    click.echo(
        f"{report.documents:,} documents, {report.queries:,} queries, indexed in {report.indexing_seconds:.1f} s"
    )
    click.echo(f"nDCG@10     {report.ndcg_at_10:.3f}")
    click.echo(f"recall@100  {report.recall_at_100:.3f}")
    click.echo(f"a query     {report.median_ms:.1f} ms median, {report.p95_ms:.1f} ms p95")
