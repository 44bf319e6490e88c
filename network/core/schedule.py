"""What is due when: jobs that come round by the clock, run once however many workers there are.

A job is taken for a while only, and its next round is set once it is done: one that failed, or whose process died,
comes round again soon, not after its whole day or week.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Flask, current_app
from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base, db
from network.core.once import add_once
from network.core.transaction import transaction

TAKEN = timedelta(hours=6)
AGAIN = timedelta(minutes=10)


class ScheduledJob(Base):
    """When a job is due next. The row is the lease: whoever moves the date runs the job."""

    __tablename__ = "schedule"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    due_at: Mapped[datetime]


@dataclass(frozen=True)
class Job:
    """A job and how often it comes round."""

    name: str
    every: timedelta
    run: Callable[[], None]


@dataclass
class Schedule:
    """The jobs of one application."""

    jobs: dict[str, Job] = field(default_factory=dict)


def schedule(app: Flask | None = None) -> Schedule:
    """The schedule of the application."""
    found: Schedule = (app or current_app).extensions.setdefault("schedule", Schedule())
    return found


def every(app: Flask, interval: timedelta, name: str, run: Callable[[], None]) -> None:
    """Have the worker run `run` each `interval`; a missed round is made up for once, not many times."""
    schedule(app).jobs[name] = Job(name, interval, run)


def due() -> list[Job]:
    """Jobs whose time has come, whoever will run them."""
    moment = now()
    dates = {row.name: row.due_at for row in db.session.execute(select(ScheduledJob.name, ScheduledJob.due_at))}
    db.session.rollback()
    return [job for job in schedule().jobs.values() if dates.get(job.name, moment) <= moment]


def take(job: Job) -> datetime | None:
    """Have nobody else run a job for some hours; gives when it was taken, or None when another was quicker."""
    moment = now()
    until = moment + min(job.every, TAKEN)
    with transaction() as session:
        if add_once(ScheduledJob, name=job.name, due_at=until):
            return moment
        row = session.get_one(ScheduledJob, job.name, with_for_update=True)
        if row.due_at > moment:
            return None
        row.due_at = until
        return moment


def settle(job: Job, taken: datetime, *, done: bool) -> None:
    """Set the next round of a job that was taken at `taken`: a whole one, or soon when it is not done."""
    if done and job.every <= TAKEN:
        return  # It is set already.
    after = taken + job.every if done else now() + min(AGAIN, job.every)
    with transaction() as session:
        session.execute(update(ScheduledJob).where(ScheduledJob.name == job.name).values(due_at=after))
