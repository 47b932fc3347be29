"""`flask content`: check and publish the content folder."""

import json
from dataclasses import asdict
from pathlib import Path

import click
from flask.cli import AppGroup

from app.access.actor import SYSTEM
from app.content.check import check as check_tree
from app.content.problems import Severity
from app.content.publish import publish as publish_course
from app.content.read import COURSE_FILE
from app.platform.db import transaction
from app.platform.refusal import Refused

CONTENT = Path(__file__).resolve().parents[2] / "content"

content = AppGroup("content", help="Courses as files.")


@content.command("check")
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=CONTENT)
@click.option("--json", "as_json", is_flag=True, help="One JSON list on standard output.")
def check(path: Path, as_json: bool) -> None:
    """List every problem as `file:line: what is wrong`; exit 1 when one is an error."""
    problems = check_tree(path)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"{len(errors)} errors, {len(problems) - len(errors)} warnings", err=True)
    raise SystemExit(1 if errors else 0)


@content.command("publish")
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=CONTENT)
def publish(path: Path) -> None:
    """Publish every course below PATH in one transaction; nothing when one of them has an error."""
    errors = [problem for problem in check_tree(path) if problem.severity is Severity.ERROR]
    if errors:
        for problem in errors:
            click.echo(str(problem), err=True)
        raise SystemExit(1)
    folders = [path] if (path / COURSE_FILE).exists() else sorted(file.parent for file in path.glob(f"*/{COURSE_FILE}"))
    try:
        with transaction():
            done = [publish_course(SYSTEM, folder) for folder in folders]
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    for published in done:
        click.echo(f"{published.course} {published.version}: {'published' if published.is_new else 'nothing to do'}")
