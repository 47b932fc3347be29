"""`flask content`: check, compare, publish and export courses as files."""

import json
from dataclasses import asdict
from pathlib import Path

import click
from flask.cli import AppGroup

from app.access.actor import SYSTEM
from app.content.archives import to_zip
from app.content.check import checked
from app.content.check import folders as content_folders
from app.content.compare import Change, differences
from app.content.folder import PATHWAY_FILE, Folder, from_disk
from app.content.ledgers import stamp
from app.content.problems import Problem, Severity
from app.content.publish import publish as publish_item
from app.content.stored import version_folder
from app.courses.queries import course_by_code, current_version, version_by_number
from app.platform.db import transaction
from app.platform.refusal import NotFound, Refused

CONTENT = Path(__file__).resolve().parents[2] / "content"
_PATH = click.Path(exists=True, path_type=Path)
_SIGNS = {Change.ADDED: "+", Change.CHANGED: "~", Change.REMOVED: "-"}

content = AppGroup("content", help="Courses as files.")


@content.command("check")
@click.argument("path", type=_PATH, default=CONTENT)
@click.option("--json", "as_json", is_flag=True, help="One JSON list on standard output.")
def check(path: Path, as_json: bool) -> None:
    """List every problem as `file:line: what is wrong`; exit 1 when one is an error."""
    problems = checked(path)[1]
    errors = _errors(problems)
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"{len(errors)} errors, {len(problems) - len(errors)} warnings", err=True)
    raise SystemExit(1 if errors else 0)


@content.command("publish")
@click.argument("path", type=_PATH, default=CONTENT)
@click.option("--note", default="", help="What is new, for the history of the course.")
def publish(path: Path, note: str) -> None:
    """Publish every course and pathway below PATH in one transaction; nothing when one of them has an error."""
    found, problems = checked(path)
    errors = _errors(problems)
    if errors:
        for problem in errors:
            click.echo(str(problem), err=True)
        raise SystemExit(1)
    try:
        with transaction():
            done = [publish_item(SYSTEM, item.folder, note) for item in found]
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    for published in done:
        click.echo(f"{published.course} {published.version}: {'published' if published.is_new else 'nothing to do'}")


@content.command("diff")
@click.argument("path", type=_PATH, default=CONTENT)
@click.option("--names", is_flag=True, help="Only the names of the files that differ.")
def diff(path: Path, names: bool) -> None:
    """Show what the courses below PATH change in the published ones; exit 1 when there is a difference."""
    problems: list[Problem] = []
    changes = 0
    for folder in content_folders(path, problems):
        if PATHWAY_FILE in folder.files:
            continue
        for change in differences(_published(folder), folder):
            changes += 1
            click.echo(f"{_SIGNS[change.change]} {folder.name}/{change.path}")
            for line in () if names else change.lines:
                click.echo(f"    {line}")
    raise SystemExit(1 if changes else 0)


@content.command("export")
@click.argument("course")
@click.option("--version", "number", default=None, help="Number of a version; without it, the one in use.")
@click.option("--to", "target", type=click.Path(path_type=Path), default=None, help="A new folder, or a .zip file.")
def export(course: str, number: str | None, target: Path | None) -> None:
    """Write the files of a published COURSE as a folder or a ZIP; they publish elsewhere as the same version."""
    target = target or Path(course)
    if target.exists():
        raise click.ClickException(f"{target} is already there; nothing was written")
    try:
        entry = course_by_code(course)
        version = version_by_number(entry.id, number) if number else current_version(entry.id)
        folder = version_folder(version.id)
    except NotFound:
        raise click.ClickException(f"There is no such version of {course} with files.") from None
    try:
        _write(folder, target)
    except OSError as error:
        raise click.ClickException(f"{target} cannot be written: {error.strerror}") from None
    click.echo(f"{course} {version.number}: {len(folder.files)} files in {target}")


@content.command("translated")
@click.argument("path", type=_PATH)
@click.argument("locale")
def translated(path: Path, locale: str) -> None:
    """Note that all translations into LOCALE in the course folder PATH are made from the English files as they are."""
    written = stamp(from_disk(path), locale)
    if written is None:
        raise click.ClickException(f"{path} cannot be read, or has no language {locale}.")
    name, data = written
    (path / name).write_bytes(data)
    click.echo(f"{path / name} written")


def _errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def _published(folder: Folder) -> Folder:
    """The files in use of the course that a folder holds; nothing when it was never published."""
    try:
        return version_folder(current_version(course_by_code(folder.name or "").id).id)
    except NotFound:
        return Folder(folder.name, {})


def _write(folder: Folder, target: Path) -> None:
    if target.suffix == ".zip":
        target.write_bytes(to_zip(folder))
        return
    for path, data in folder.files.items():
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
