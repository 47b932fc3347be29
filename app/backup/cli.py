"""`flask backup`."""

import errno
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
import sqlalchemy as sa
from flask.cli import AppGroup

from app.backup import creating, importing, kept, keys, moving, programmes, restoring
from app.backup.rules import Manifest, NotValid, TableContent, Unreadable, Unsure
from app.platform.clock import now
from app.platform.db import db, migrate

FAILED, UNREADABLE, NOT_VALID = 1, 2, 3
UNTOUCHED = "Nothing was changed, and no file was left behind."
FULL = "The disk is full."
_PG_DISK_FULL = "53100"
HELD = "It holds personal data that nobody erases from it: `flask backup forget NAME` deletes it."
APART = "Keys and secrets are not in it: --keys-to FILE writes them to a file of their own, to be kept elsewhere."

backup = AppGroup("backup", help="All that this site knows, in one file: make, check, bring back, move.")
programme = AppGroup("programme", help="One programme in a file, for another installation.")


@backup.command("create")
@click.argument("dest", type=click.Path(path_type=Path), default=Path())
@click.option("--keys-to", type=click.Path(dir_okay=False, path_type=Path), help="Where to write keys and secrets.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def create(dest: Path, keys_to: Path | None, as_json: bool) -> None:
    """Write database and stored files to DEST, a new file or a folder, while the site runs.

    It is all of one moment, and it is what the file says or there is no file. Who has it has all personal data: only
    its owner may read it.
    """
    path = dest / f"seamwise-{now():%Y%m%dT%H%M%SZ}.zip" if dest.is_dir() else dest
    begun = time.monotonic()
    with _said(as_json, path):
        _refuse_places(path, keys_to)
        key_files = keys.create(keys_to) if keys_to else None  # first: a mistyped place is told before the long work
        with _gone_on_failure(keys_to):
            made = creating.create(path)
    facts = _facts(made.manifest) | {"file": str(path), "sha256": made.digest, "seconds": time.monotonic() - begun}
    if as_json:
        click.echo(json.dumps(facts | {"key_files": key_files}))
        return
    click.echo(f"{path}: {_told(made.manifest)}. SHA-256 {made.digest}")
    if made.manifest.missing:
        click.echo(f"{made.manifest.missing} files that the database speaks of are not in the storage.", err=True)
    click.echo(f"{keys_to}: {key_files} files of keys, and the secrets. Keep it elsewhere." if keys_to else APART)


@backup.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def verify(file: Path, as_json: bool) -> None:
    """Say whether FILE is a backup, whole and unchanged, that can be brought back here. Needs no database.

    Exit 0: valid. Exit 3: not. Exit 2: FILE cannot be read or is no backup.
    """
    with _said(as_json, file):
        manifest, digest = restoring.verify(file)
    if as_json:
        verdict = {"file": str(file), "readable": True, "valid": True, "reason": None, "sha256": digest}
        click.echo(json.dumps(verdict | _facts(manifest)))
        return
    click.echo(f"{file}: whole. Of {manifest.made_at}, {_told(manifest)}.")


@backup.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Replace a database that is not empty. The old one is kept.")
@click.option("--keys", "keys_from", type=click.Path(path_type=Path), help="File of keys to put back, too.")
def restore(file: Path, replace: bool, keys_from: Path | None) -> None:
    """Bring FILE back into the database and the storage of the settings. Stop the site and the worker before.

    All of FILE is checked first, and rows are compared after they were loaded; whatever is wrong, the old data stay as
    they are. Exit 3: refused. Exit 2: FILE cannot be read or is no backup.
    """
    with _said(as_json=False):
        missing = keys.judged(keys_from) if keys_from else {}
        with keys.put(missing):  # first: what cannot be put back is told before anything is replaced
            restored = restoring.restore(file, replace=replace)
    click.echo(f"Restored: {_told(restored.manifest)}.")
    if restored.kept:
        back = f"`flask backup undo {restored.kept}` brings it back"
        click.echo(f"The database until now is kept as {restored.kept}: {back}. {HELD}")
    if keys_from:
        click.echo(f"{len(missing)} files of keys put back.")


@backup.command("undo")
@click.argument("name")
def undo(name: str) -> None:
    """Bring back the database NAME that `restore --replace` has kept. Stop the site and the worker before.

    The present one is kept in its stead, and both stay as they are if that fails. Exit 3: refused.
    """
    with _said(as_json=False):
        now_kept = restoring.undo(name)
    click.echo(
        f"{name} is in force again." + (f" The database until now is kept as {now_kept}. {HELD}" if now_kept else "")
    )
    if not migrate.is_at_head(db.engine):
        click.echo("It is older than this program: run `flask database upgrade` before you start the site.", err=True)


@backup.command("kept")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def kept_(as_json: bool) -> None:
    """List the old databases that `restore --replace` and `undo` have kept: since when, and how large.

    They hold personal data that nobody erases from them, and stay until `flask backup forget` deletes them.
    """
    found = kept.listed(db.engine)
    if as_json:
        rows = [{"name": each.name, "since": each.since.isoformat(), "bytes": each.size} for each in found]
        click.echo(json.dumps({"kept": rows}))
        return
    for each in found:
        click.echo(f"{each.name}  since {each.since:%Y-%m-%d %H:%M} UTC, {each.size} bytes")
    click.echo(HELD if found else "No old database is kept.")


@backup.command("forget")
@click.argument("name")
def forget(name: str) -> None:
    """Delete the old database NAME for good, as `flask backup kept` lists it. The site may run.

    Exit 3: refused.
    """
    with _said(as_json=False):
        kept.forget(db.engine, name)
    click.echo(f"{name} is deleted.")


@backup.command("move")
@click.option("--to", required=True, help="Address of an empty database, such as postgresql+psycopg://name@host/name.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def move(to: str, as_json: bool) -> None:
    """Copy all rows to an empty database, of this or the other engine. Stop the site and the worker before.

    Counts and hashes of each table are compared at both places and shown. Nothing is taken from the old database;
    afterwards name the new one in SEAMWISE_DATABASE_URL. Stored files stay where they are. Exit 3: refused.
    """
    with _said(as_json):
        moved = moving.move(_url(to))
    if as_json:
        tables = [_row(each) for each in moved.tables]
        click.echo(json.dumps({"from": moved.source, "to": moved.target, "tables": tables}))
        return
    for each in moved.tables:
        click.echo(f"{each.table.name:32}{each.content.count:>12}  {each.content.sha256}")
    rows = sum(each.content.count for each in moved.tables)
    click.echo(f"{rows} rows of {len(moved.tables)} tables, equal counts and hashes: {moved.source}, {moved.target}.")


@programme.command("export")
@click.argument("code")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(code: str, file: Path) -> None:
    """Write the programme CODE to FILE: its rows with their numbers, its files, the catalogue and the public keys.

    Accounts come without passwords and sign-ins: their holders ask for a link. PINs, the log and mails stay behind.
    Exit 3: refused.
    """
    with _said(as_json=False):
        _refuse_places(file, None)
        made = programmes.export(code, file)
    click.echo(f"{file}: {_told(made.manifest)}. SHA-256 {made.digest}")
    _tell_left(made.manifest.left)


@programme.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would come and what is here already; the site may run.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def import_(file: Path, dry_run: bool, as_json: bool) -> None:
    """Take the programme of FILE in beside those that are here. Stop the site and the worker before.

    Its rows get new numbers. Courses, accounts, groups and keys that are here already stay as they are here; people
    always come as new ones. Exit 3: refused, nothing was changed. Exit 2: FILE cannot be read or is no file of
    Seamwise.
    """
    with _said(as_json, file):
        taken = importing.foreseen(file) if dry_run else importing.take_in(file)
    code = taken.manifest.programme
    if as_json:
        rows = {"came": taken.came, "met": taken.met, "left": taken.left}
        click.echo(json.dumps({"programme": code, "dry_run": dry_run, "files": taken.manifest.files.count} | rows))
        return
    click.echo(f"{code} {'would come' if dry_run else 'has come'}: {_counted(taken.came)}.")
    click.echo(f"Here already: {_counted(taken.met)}.")
    _tell_left(taken.left)


def _url(text: str) -> sa.URL:
    try:
        return sa.make_url(text)
    except sa.exc.ArgumentError:
        raise click.BadParameter("no address of a database", param_hint="--to") from None


def _tell_left(left: Mapping[str, int]) -> None:
    if left:
        click.echo(f"Left behind, as they are not of this programme alone: {_counted(left)}.", err=True)


def _counted(rows: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in rows.items()) or "nothing"


def _facts(manifest: Manifest) -> dict[str, object]:
    rows = [_row(each) for each in manifest.tables]
    return {
        "made_at": manifest.made_at, "engine": manifest.engine, "revision": manifest.revision, "tables": rows,
        "files": manifest.files.count, "bytes": manifest.size, "missing": manifest.missing,
    }  # fmt: skip


def _row(each: TableContent) -> dict[str, object]:
    return {"name": each.table.name, "rows": each.content.count, "sha256": each.content.sha256}


def _told(manifest: Manifest) -> str:
    rows = sum(each.content.count for each in manifest.tables)
    return f"{rows} rows of {len(manifest.tables)} tables and {manifest.files.count} files, {manifest.size} bytes"


@contextmanager
def _said(as_json: bool, file: Path | None = None) -> Iterator[None]:
    """Refusals as a sentence and an exit code."""
    try:
        yield
    except Unreadable as error:
        _refuse(str(error), UNREADABLE, as_json, file)
    except NotValid as error:
        _refuse(str(error), NOT_VALID, as_json, file)
    except Unsure as error:
        _refuse(str(error), FAILED, as_json, file)
    except OSError as error:
        is_full = error.errno == errno.ENOSPC
        why = FULL if is_full else f"{error.filename or 'The disk'}: {error.strerror}."
        _refuse(f"{why} {UNTOUCHED}", FAILED, as_json, file)
    except sa.exc.DatabaseError as error:
        _refuse(f"{_why(error)} {UNTOUCHED}", FAILED, as_json, file)


def _why(error: sa.exc.DatabaseError) -> str:
    """In one line, whatever hints the engine gives."""
    if getattr(error.orig, "sqlstate", None) == _PG_DISK_FULL or "disk is full" in str(error.orig):
        return FULL
    said = getattr(error.orig, "diag", None)
    words = (said and said.message_primary) or " ".join(str(error.orig).split())
    return f"The database does not go on: {words.rstrip('.')}."


def _refuse_places(path: Path, keys_to: Path | None) -> None:
    """Raises NotValid unless both are new files, and two."""
    for each in filter(None, (path, keys_to)):
        if each.exists():
            raise NotValid(f"{each} is there already.")
        if not each.parent.is_dir():
            raise NotValid(f"{each.parent} is no folder that is there.")
    if keys_to and keys_to.resolve() == path.resolve():
        raise NotValid("Keys and secrets go to a file of their own: name another one with --keys-to.")


@contextmanager
def _gone_on_failure(path: Path | None) -> Iterator[None]:
    try:
        yield
    except BaseException:
        if path:
            path.unlink()
        raise


def _refuse(reason: str, code: int, as_json: bool, file: Path | None) -> NoReturn:
    if as_json:
        about = {"file": str(file)} if file else {}
        click.echo(json.dumps(about | {"readable": code != UNREADABLE, "valid": False, "reason": reason}))
    else:
        click.echo(reason, err=True)
    raise SystemExit(code)
