"""The pages to compare with: next to no application on the same stack.

`/hello` answers a constant; `/one-query` reads fifty rows by one indexed query through the ORM and shows them.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

from flask import Flask
from sqlalchemy import Index, String, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

FOLDER = Path(os.environ["DATA_DIR"])
TEMPLATE = """<!doctype html><html lang="en"><head><title>{{ title }}</title>
<link rel="stylesheet" href="/s.css"></head><body><h1>{{ title }}</h1><table>{% for item in items %}
<tr class="{{ loop.cycle('a', 'b') }}"><td><a href="/item/{{ item.id }}">{{ item.title }}</a></td>
<td>{{ item.author }}</td><td>{{ item.replies }} replies</td></tr>
{% endfor %}</table></body></html>"""


class Base(DeclarativeBase):
    """The ceiling's own tables."""


class Item(Base):
    """A row of the list."""

    __tablename__ = "items"
    id: Mapped[int] = mapped_column(primary_key=True)
    shelf: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    author: Mapped[str] = mapped_column(String(80))
    replies: Mapped[int]
    __table_args__ = (Index("ix_items_shelf_id", "shelf", "id"),)


engine = create_engine(f"sqlite:///{FOLDER / 'ceiling.sqlite'}")


@event.listens_for(engine, "connect")
def _wal(connection: object, _record: object) -> None:
    connection.execute("pragma journal_mode=wal")  # type: ignore[attr-defined]


def fill() -> None:
    """Twenty shelves of a thousand rows."""
    Base.metadata.create_all(engine)
    chance = random.Random(1)
    with Session(engine) as session:
        if session.scalar(select(Item.id).limit(1)) is None:
            session.add_all(
                Item(
                    shelf=number % 20,
                    title=f"Item <{number}> on " + "policy & guidance " * chance.randint(1, 4),
                    author=f"person{number % 500:05}",
                    replies=chance.randrange(90),
                )
                for number in range(20_000)
            )
            session.commit()


fill()
app = Flask(__name__)
page = app.jinja_env.from_string(TEMPLATE)


@app.get("/hello")
def hello() -> str:
    """A constant."""
    return "hello"


@app.get("/one-query")
def one_query() -> str:
    """One query, fifty rows, one template."""
    with Session(engine) as session:
        items = session.scalars(select(Item).where(Item.shelf == 3).order_by(Item.id.desc()).limit(50)).all()
        return page.render(title="Threads & guides", items=items)
