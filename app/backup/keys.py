"""Keys and secrets, in a file of their own: whoever has it and a backup can be this site."""

import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

from flask import current_app

from app.backup import kept
from app.backup.archive import written
from app.backup.rules import NotValid, Unreadable, Unsure
from app.certificates.signing.in_use import folder
from app.platform.config import PREFIX, Settings
from app.platform.db import db
from app.platform.documents.fonts import ROOT
from app.platform.files import owners
from app.platform.files.archive import content, flaw

SETTINGS = "settings.env"
SECRETS = ("secret_key", "old_secret_keys", "smtp_password", "imap_password", "jitsi_secret", "bbb_secret")
_KEYS = "keys/"
_MARK = b"keys of a Seamwise site"
_NAME = re.compile(r"keys/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)?[A-Za-z0-9_-][A-Za-z0-9._-]*")
_LARGEST = 1024 * 1024
_MOST = 10_000
_OURS = 0o660


def create(path: Path) -> int:
    """Write the keys that sign certificates, and the secrets of the settings; answers the number of key files."""
    found = list(_files(folder()))
    with written(path) as out, zipfile.ZipFile(out, "w") as packed:
        packed.comment = _MARK
        packed.writestr(SETTINGS, _secrets(current_app.extensions["settings"]))
        for name, data in found:
            packed.writestr(f"{_KEYS}{name}", data)
    return len(found)


def judged(path: Path) -> dict[str, bytes]:
    """The keys of a file that are not here yet. Raises Unreadable, and NotValid when one is here with something else in
    it.
    """
    place, wanted = folder(), dict(_read(path))
    missing = {name: data for name, data in wanted.items() if not (place / name).exists()}
    for name in sorted(wanted.keys() - missing.keys()):
        if (place / name).read_bytes() != wanted[name]:
            raise NotValid(f"{place / name} is there already and holds something else. Nothing was changed.")
    return missing


@contextmanager
def put(missing: dict[str, bytes]) -> Iterator[None]:
    """Put keys back that were judged, for whom those are that lie there already, or for the site, and for nobody else.
    None of them stays when the block fails.
    """
    place, there = folder(), []
    other = next(place.rglob("*.key"), None)
    mode = stat.S_IMODE(other.stat().st_mode) & _OURS if other else 0o600
    try:
        for name, data in missing.items():
            owners.make_folder(place, 0o700, _owner_of_site())
            owners.make_folder((place / name).parent, stat.S_IMODE(place.stat().st_mode))
            with written(place / name) as out:
                out.write(data)
            there.append(place / name)
            owners.give(place / name, owners.of(other or place))
            (place / name).chmod(mode)
        yield
    except Unsure:
        raise  # the database that needs them is in force
    except BaseException:
        for path in there:
            path.unlink()
        raise


def _owner_of_site() -> owners.Owner:
    """Whose the database is, or where it is none of our files, the stored ones."""
    settings: Settings = current_app.extensions["settings"]
    return owners.of(kept.file(db.engine) if db.engine.dialect.name == "sqlite" else ROOT / settings.data_dir)


def _files(place: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(place.glob("**/*")) if place.exists() else ():
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(place).parts):
            yield path.relative_to(place).as_posix(), path.read_bytes()


def _secrets(settings: Settings) -> str:
    known = {each.name for each in fields(settings)}
    assert known.issuperset(SECRETS)
    values = ((name, getattr(settings, name)) for name in SECRETS)
    lines = ((name, value if isinstance(value, str) else ",".join(value)) for name, value in values)
    return "".join(f"{PREFIX}{name.upper()}={value}\n" for name, value in lines if value)


def _read(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
            if packed.comment != _MARK or len(entries) > _MOST:
                raise Unreadable(f"{path} does not hold the keys of a Seamwise site.")
            for entry in entries:
                if entry.filename == SETTINGS:
                    continue
                if not _NAME.fullmatch(entry.filename) or flaw(entry) or entry.file_size > _LARGEST:
                    raise NotValid(f"{path} has an entry that is no key: {entry.filename[:80]!r}.")
                yield entry.filename.removeprefix(_KEYS), content(packed, entry)
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}.") from error
    except zipfile.BadZipFile as error:
        raise Unreadable(f"{path} is damaged or no file of keys.") from error
