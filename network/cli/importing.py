"""`flask import guides PATH`: bring existing guides in from Markdown, HTML or Word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup
from sqlalchemy import select
from tqdm import tqdm

from network.accounts.models import Account
from network.core.db import db
from network.core.licences import LICENCES
from network.groups.viewers import viewer_of
from network.people.models import Person
from network.subjects.viewer import Viewer
from network.vocabulary.queries import topics_named

if TYPE_CHECKING:
    from network.library.batches import Report
    from network.library.importing.own import OwnArchive

importing = AppGroup("import", help="Bring existing material in.")


@importing.command("guides")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--as", "email", required=True, help="E-mail address of the member who imports; drafts are theirs.")
@click.option("--publish", is_flag=True, help="Publish at once. Without it the guides are drafts.")
@click.option("--topic", "topics", multiple=True, help="File all under this topic (name or address); up to five.")
@click.option(
    "--source-name", default="", help="Who published them first; else as in SOURCE.md, else they are your own."
)
@click.option("--source-url", default="", help="Where they were published first.")
@click.option("--licence", default="", help=f"Their licence: {', '.join(LICENCES)}, or its name.")
@click.option("--split", is_flag=True, help="Cut documents that are too long for one guide at their top headings.")
def guides(
    path: Path,
    email: str,
    publish: bool,
    topics: tuple[str, ...],
    source_name: str,
    source_url: str,
    licence: str,
    split: bool,
) -> None:
    """Import the guides in PATH: a folder, a .zip or .tar.gz, or one document. Running it again renews them."""
    # The readers of Word and HTML are heavy; a web process, which registers this command too, does without them.
    from network.library.importing.archives import CannotRead
    from network.library.importing.own import open_own
    from network.library.importing.read import read
    from network.library.imports import Options, run_import

    viewer = member(email)
    topic_ids = tuple(_topic(name) for name in topics)
    if len(topic_ids) > 5:
        raise click.ClickException("A guide has at most 5 topics.")
    try:
        own = open_own(path)
        if own is not None:
            if topics or source_name or source_url or licence or split:
                raise click.ClickException("An archive of ours says all of this itself. Leave out all but --publish.")
            click.echo(_table(_restored(own, viewer, published=publish), published=publish))
            return
        with tqdm(desc="Reading", unit=" files", disable=None) as bar:

            def tell(done: int, _all: int) -> None:
                bar.update(done - bar.n)

            reading = read(path, site_url=source_url, split_large=split, progress=tell)
    except CannotRead as problem:
        raise click.ClickException(str(problem)) from problem
    known_as = path.resolve().name.split(".", 1)[0] or "folder"
    options = Options(publish, topic_ids, source_name, source_url, licence, known_as)
    with tqdm(total=len(reading.documents), desc="Importing", unit=" guides", disable=None) as bar:
        report = run_import(reading, viewer=viewer, options=options, progress=bar.update)
    click.echo(_table(report, published=publish))


def _restored(archive: OwnArchive, viewer: Viewer, *, published: bool) -> Report:
    from network.library.carried.restoring import restore

    with tqdm(total=len(archive.entries), desc="Importing", unit=" guides", disable=None) as bar:
        return restore(archive, viewer=viewer, published=published, progress=bar.update)


def member(email: str) -> Viewer:
    query = select(Person.id).join(Account, Account.id == Person.account_id)
    person_id = db.session.scalar(query.where(Account.email == email.strip().lower()))
    viewer = viewer_of(person_id) if person_id else None
    if viewer is None or not viewer.signed_in:
        raise click.ClickException(f"Nobody has joined as {email}.")
    return viewer


def _topic(name: str) -> int:
    found = topics_named().get(name.strip().casefold())
    if found is None:
        raise click.ClickException(f"There is no topic called {name}. See /topics for the list.")
    return found.id


def _table(report: Report, *, published: bool) -> str:
    """File by file what was skipped and what to look at, then the sums."""
    lines = [f"  skipped      {path}: {reason}" for path, reason in report.skipped]
    lines += [f"  renewed      {path}" for path in report.renewed]
    lines += [f"  edited here  {path}: not overwritten" for path in report.edited_here]
    lines += [f"  a draft      {path}: {why}" for path, why in report.held_back]
    lines += [f"  look at      {path}: {remark}" for path, remark in report.remarks]
    sums = (
        ("new, published" if published else "new drafts", len(report.new)),
        *((("new, kept as drafts", len(report.held_back)),) if report.held_back else ()),
        ("renewed", len(report.renewed)),
        *((("drafts, published", len(report.published)),) if report.published else ()),
        ("unchanged", len(report.unchanged)),
        ("edited here since", len(report.edited_here)),
        ("skipped", len(report.skipped)),
    )
    return "\n".join([*lines, "", *(f"  {name:<20}{count:>6}" for name, count in sums)])
