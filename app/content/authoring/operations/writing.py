"""Writing the files of a draft."""

import hashlib
from collections.abc import Mapping

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts.models import Account
from app.content.authoring.models import Draft, DraftFile
from app.content.authoring.operations.loading import hold
from app.content.authoring.refusals import Stale
from app.content.folder import COURSE_FILE, MEDIA_FOLDER, NAME_FAULT, Folder, is_safe, size_fault
from app.content.pictures import media_fault
from app.content.places import MEDIA_SUFFIXES, FileKind, place_of
from app.content.read import read_course
from app.courses.models import Blob
from app.courses.operations import keep
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused


def write_file(actor: Actor, draft_id: int, path: str, data: bytes, *, seen: int) -> Draft:
    """Write one file of an open draft. `seen` is the revision of the file that the writer saw, 0 when there was none.

    Raises Stale when somebody wrote it since, Refused for what no course can hold, NotFound for whoever may not.
    """
    return write_files(actor, draft_id, {path: data}, {path: seen})


def remove_file(actor: Actor, draft_id: int, path: str, *, seen: int) -> Draft:
    """Take one file away. Raises like `write_file`, and NotFound when there is no such file."""
    return write_files(actor, draft_id, {path: None}, {path: seen})


def write_files(actor: Actor, draft_id: int, changes: Mapping[str, bytes | None], seen: Mapping[str, int]) -> Draft:
    """Write several files at once, or take away those that are None: all of it or nothing.

    `seen` says for each path which revision the writer saw; a path that is missing there is a file that must be new.
    """
    draft = hold(actor, draft_id)
    rows = {row.path: row for row in db.session.scalars(sa.select(DraftFile).where(DraftFile.draft_id == draft.id))}
    changes = {path: data for path, data in changes.items() if not _is_so(rows.get(path), data)}
    for path, data in changes.items():
        _refuse_stale(path, rows.get(path), seen.get(path, 0))
        if data is None and path not in rows:
            raise NotFound
        if data is None and path == COURSE_FILE:
            raise Refused(_("A course cannot be without its facts."))
        if data is not None:
            refuse_unfit(path, data, {name: row.size for name, row in rows.items() if name != path})
    if not changes:
        return draft
    draft.revision += 1
    draft.changed_at, draft.changed_by = now(), actor.account_id
    for path, data in changes.items():
        _put(draft, rows, path, data)
    retitle(draft, changes.get(COURSE_FILE))
    audit.record(actor, "authoring.write", f"draft:{draft.id}", paths=sorted(changes), revision=draft.revision)
    db.session.flush()  # whoever reads the files next in this transaction finds them
    return draft


def refuse_unfit(path: str, data: bytes, others: Mapping[str, int]) -> None:
    """Raises Refused when a file cannot be one of a course. `others` are the sizes of the other files by path."""
    if not is_safe(path):
        raise Refused(_("%(path)s: %(fault)s", path=path[:80], fault=NAME_FAULT))
    place = place_of(path)
    if place is None:
        raise Refused(_("A course has no file called %(path)s.", path=path[:80]))
    if fault := size_fault(path, len(data), sum(others.values()) + len(data), len(others)):
        raise Refused(_("%(path)s: %(fault)s", path=path, fault=fault))
    if place.kind is FileKind.MEDIA:
        suffix = "." + path.rpartition(".")[2]
        fault = media_fault(path, data) if suffix in MEDIA_SUFFIXES else _("such files are not allowed as media")
        if fault:
            raise Refused(_("%(path)s: %(fault)s", path=path.removeprefix(f"{MEDIA_FOLDER}/"), fault=fault))


def retitle(draft: Draft, course_file: bytes | None) -> None:
    """Keep the title that the list of drafts shows in step with course.yaml."""
    if course_file is not None:
        course = read_course(Folder(draft.code, {COURSE_FILE: course_file}), [])
        draft.titles = dict(course.facts.titles) if course else draft.titles


def _is_so(row: DraftFile | None, data: bytes | None) -> bool:
    """Whether the file holds this already: the same sent twice is the same success."""
    return row is not None and data is not None and row.blob_key == hashlib.sha256(data).hexdigest()


def _refuse_stale(path: str, row: DraftFile | None, seen: int) -> None:
    now_there = row.revision if row else 0
    if now_there == seen:
        return
    if row is None:
        raise Stale(_("Somebody took this file away meanwhile. Nothing was saved."), path, None, 0)
    name = db.session.scalar(sa.select(Account.name).where(Account.id == row.changed_by))
    data = db.session.scalar(sa.select(Blob.data).where(Blob.key == row.blob_key))
    sentence = _("%(name)s changed this meanwhile. Nothing was saved.", name=name or _("Somebody"))
    raise Stale(sentence, path, data, row.revision)


def _put(draft: Draft, rows: dict[str, DraftFile], path: str, data: bytes | None) -> None:
    row = rows.get(path)
    if data is None:
        db.session.delete(row)
        return
    key = keep(data)
    row = row or DraftFile(draft_id=draft.id, path=path)
    row.blob_key, row.size = key, len(data)
    row.revision, row.changed_at, row.changed_by = draft.revision, draft.changed_at, draft.changed_by
    db.session.add(row)
