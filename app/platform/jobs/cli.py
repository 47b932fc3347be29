"""`flask jobs`: the worker, and a look at the queue."""

import json
from datetime import timedelta
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app.platform.config import Settings
from app.platform.db import transaction
from app.platform.jobs import operations, queries
from app.platform.jobs.models import Job
from app.platform.jobs.worker import Worker

jobs = AppGroup("jobs", help="Work that touches the outside world.")


def worker_of(app: Flask) -> Worker:
    """A worker with the handlers and timers of this app."""
    settings: Settings = app.extensions["settings"]
    handlers, timers = app.extensions["jobs"]
    together, groups = app.extensions["quick_jobs"], app.extensions["group_jobs"]
    return Worker(app, handlers, timers, timedelta(seconds=settings.job_lease_seconds), together, groups)


@jobs.command("work")
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
def work(once: bool) -> None:
    """Do jobs until told to stop."""
    worker = worker_of(current_app._get_current_object())  # type: ignore[attr-defined] # how Flask hands out the app
    if once:
        click.echo(worker.run_until_idle())
    else:
        worker.run()


@jobs.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on standard output.")
def list_(as_json: bool) -> None:
    """Jobs that are open or dead, oldest first."""
    rows = [_told(job) for job in queries.unfinished()]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['id']:>6} {row['state']:<7} {row['kind']:<28} tries {row['attempts']:<3} {row['error']}")


@jobs.command("retry")
@click.argument("job_id", type=int)
def retry(job_id: int) -> None:
    """Bring a dead job back."""
    with transaction():
        revived = operations.retry(job_id)
    click.echo("It will be tried again." if revived else f"There is no dead job {job_id}.")
    raise SystemExit(0 if revived else 2)


def _told(job: Job) -> dict[str, Any]:
    state = "dead" if job.failed_at else "leased" if job.lease_by else "open"
    return {
        "id": job.id,
        "kind": job.kind,
        "state": state,
        "attempts": job.attempts,
        "run_at": job.run_at.isoformat(),
        "error": _last_line(job.error),
    }


def _last_line(text: str | None) -> str:
    return next(reversed((text or "").strip().splitlines()), "")
