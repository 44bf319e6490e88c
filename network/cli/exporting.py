"""`flask export guides PATH`: write the library as an archive that `flask import guides` takes in again."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select
from tqdm import tqdm

from network.cli.importing import member
from network.core.db import db
from network.groups.models import Group
from network.organisations.models import Organisation
from network.people.models import Person
from network.subjects.viewer import VISITOR

exporting = AppGroup("export", help="Take material along.")


@exporting.command("guides")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--group", default="", help="Only the guides of this group (its address).")
@click.option("--organisation", default="", help="Only the guides of this organisation (its address).")
@click.option("--owner", default="", help="Only what this person wrote, owns or helped to write (their handle).")
@click.option("--as", "email", default="", help="As this member reads: with guides of their closed groups.")
def guides(path: Path, group: str, organisation: str, owner: str, email: str) -> None:
    """Write the published guides to the zip file PATH. Without options it is what everybody may read."""
    # Only this command writes archives; a web process registers it too.
    from network.portability.archive import write_archive
    from network.portability.choosing import Choice, chosen

    viewer = member(email) if email else VISITOR
    choice = Choice(
        group_id=_one(Group.id, Group.slug, group, "group"),
        organisation_id=_one(Organisation.id, Organisation.slug, organisation, "organisation"),
        person_id=_one(Person.id, Person.handle, owner, "member"),
    )
    ids = chosen(viewer, choice)
    part = path.with_name(path.name + ".part")
    with tqdm(total=len(ids), desc="Exporting", unit=" guides", disable=None) as bar, part.open("wb") as target:
        count = write_archive(target, ids, viewer, progress=bar.update)
    part.replace(path)
    click.echo(f"  guides  {count:>6}\n  bytes   {path.stat().st_size:>6,}")


def _one(column: object, named: object, wanted: str, what: str) -> int | None:
    if not wanted:
        return None
    found: int | None = db.session.scalar(select(column).where(named == wanted))  # type: ignore[call-overload]
    if found is None:
        raise click.ClickException(f"There is no {what} at the address {wanted}.")
    return found
