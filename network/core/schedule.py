"""What is due when: jobs that come round by the clock, run once however many workers there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Flask, current_app
from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from network.core.clock import now
from network.core.db import Base, db
from network.core.transaction import transaction


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
    """Jobs whose time has come. Each is given to one worker only: its next date is moved here."""
    moment = now()
    dates = {row.name: row.due_at for row in db.session.execute(select(ScheduledJob.name, ScheduledJob.due_at))}
    db.session.rollback()
    ripe = [job for job in schedule().jobs.values() if dates.get(job.name, moment) <= moment]
    return [job for job in ripe if _take(job, moment)]


def _take(job: Job, moment: datetime) -> bool:
    with transaction() as session:
        row = session.get(ScheduledJob, job.name, with_for_update=True)
        if row is None:
            session.add(ScheduledJob(name=job.name, due_at=moment + job.every))
            return True
        if row.due_at > moment:
            return False
        row.due_at = moment + job.every
        return True
