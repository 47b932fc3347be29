"""`flask privacy`: keep no longer than needed."""

import json

import click
from flask.cli import AppGroup

from app.access.actor import SYSTEM
from app.platform.db import transaction
from app.privacy import retention

privacy = AppGroup("privacy", help="How long personal data is kept.")


@privacy.command("retain")
@click.option("--dry-run", is_flag=True, help="Say what would be let go; change nothing.")
@click.option("--json", "wants_json", is_flag=True, help="JSON alone on standard output.")
def retain(dry_run: bool, wants_json: bool) -> None:
    """Delete or pseudonymise what has been kept long enough, as the daily timer does."""
    counts = retention.report() if dry_run else {kind.key: _let_go(kind) for kind in retention.KINDS}
    if wants_json:
        rows = {kind.key: {"months": kind.months, "rows": counts[kind.key]} for kind in retention.KINDS}
        click.echo(json.dumps({"kind": "retention", "dry_run": dry_run, "kinds": rows}))
        return
    for kind in retention.KINDS:
        click.echo(f"{kind.key:<13} {kind.months:>4} months  {counts[kind.key]:>7}")


def _let_go(kind: retention.Kind) -> int:
    """A few at a time, so that the site can be used meanwhile."""
    done = 0
    while True:
        with transaction():
            few = retention.let_go(SYSTEM, kind)
        if not few:
            return done
        done += few
