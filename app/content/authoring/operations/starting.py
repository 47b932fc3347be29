"""Starting a draft: blank, from a version, from a ZIP."""

from collections.abc import Mapping
from datetime import date, timedelta

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.content.archives import ArchiveRefused, from_zip
from app.content.authoring.blank import blank_facts
from app.content.authoring.facts_yaml import facts_text
from app.content.authoring.models import Draft, DraftFile
from app.content.authoring.operations.loading import require
from app.content.authoring.operations.writing import retitle
from app.content.authoring.queries import numbers
from app.content.authoring.refusals import ArchiveFaulty
from app.content.authoring.rules import Blank, DraftState, is_code, next_number, renumbered
from app.content.folder import COURSE_FILE, Folder
from app.content.read import read_text
from app.content.stored import version_folder
from app.content.yaml_tree import read_yaml
from app.courses.models import Course, CourseVersion
from app.courses.operations import keep
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused

_REVIEW_AFTER = timedelta(days=365)


def start_blank(actor: Actor, blank: Blank) -> Draft:
    """A new course with its facts and nothing else. Raises Refused when the code is taken or a value does not fit."""
    require(actor, Permission.COURSES_AUTHOR)
    if not is_code(blank.code):
        raise Refused(_("A code has small letters, digits and hyphens, such as fire-safety."))
    if db.session.scalar(sa.select(Course.id).where(Course.code == blank.code)):
        raise Refused(_("There is a course with this code. Start from that course, or choose another code."))
    if db.session.scalar(sa.select(Draft.id).where(Draft.code == blank.code, Draft.state == DraftState.OPEN)):
        raise Refused(_("There is an open draft with this code."))
    facts = blank_facts(blank, _review_day())
    if facts is None:
        raise Refused(_("Something of this cannot stand in a course. Shorten the texts and check the numbers."))
    return _start(actor, blank.code, {COURSE_FILE: facts_text(facts).encode()}, None, "blank")


def start_from(actor: Actor, version_id: int) -> Draft:
    """A draft with the files of a published version and the next free number.

    Raises NotFound, and Refused when the version kept no files.
    """
    require(actor, Permission.COURSES_AUTHOR)
    version = db.session.get(CourseVersion, version_id)
    if version is None:
        raise NotFound
    try:
        folder = version_folder(version.id)
    except NotFound:
        raise Refused(_("This version kept no files. Upload the course as a ZIP instead.")) from None
    code = folder.name or ""
    text = folder.files[COURSE_FILE].decode("utf-8", "surrogateescape")
    number = next_number(numbers(code))
    files = {**folder.files, COURSE_FILE: renumbered(text, number).encode("utf-8", "surrogateescape")}
    return _start(actor, code, files, version.id, "version")


def start_from_zip(actor: Actor, data: bytes) -> Draft:
    """A draft with the files of a ZIP. What its texts say is not looked at yet: the report of the draft tells.

    Raises Refused for what is no ZIP of one course, and ArchiveFaulty when files in it lead elsewhere or are too large.
    """
    require(actor, Permission.COURSES_AUTHOR)
    try:
        folder = from_zip(data, "")
    except ArchiveRefused as refusal:
        raise Refused(_("The ZIP cannot be used: %(why)s.", why=str(refusal))) from None
    if folder.faults:
        faults = [f"{path}: {fault}" for path, fault in folder.faults]
        raise ArchiveFaulty(_("Nothing was taken from the ZIP. Take these files out, or make them smaller."), faults)
    if COURSE_FILE not in folder.files:
        raise Refused(_("The ZIP cannot be used: it holds no course.yaml."))
    return _start(actor, _code_of(folder), folder.files, None, "zip")


def _code_of(folder: Folder) -> str:
    """What the course calls itself, else what its folder is called."""
    text = read_text(folder, COURSE_FILE, [])
    value = read_yaml(text).value if text else None
    for code in (value.get("id") if isinstance(value, dict) else None, folder.name):
        if isinstance(code, str) and is_code(code):
            return code
    raise Refused(_("The ZIP cannot be used: neither course.yaml nor the folder says the code of the course."))


def _start(actor: Actor, code: str, files: Mapping[str, bytes], based_on: int | None, how: str) -> Draft:
    moment = now()
    draft = Draft(
        code=code, titles={}, based_on_id=based_on, state=DraftState.OPEN, revision=1, created_at=moment,
        created_by=actor.account_id, changed_at=moment, changed_by=actor.account_id,
    )  # fmt: skip
    retitle(draft, files.get(COURSE_FILE))
    db.session.add(draft)
    db.session.flush()  # files need the id
    for path, data in files.items():
        key = keep(data)
        changed = {"revision": 1, "changed_at": moment, "changed_by": actor.account_id}
        db.session.add(DraftFile(draft_id=draft.id, path=path, blob_key=key, size=len(data), **changed))
    audit.record(actor, "authoring.start", f"draft:{draft.id}", code=code, how=how, based_on=based_on)
    db.session.flush()  # whoever reads the files next in this transaction finds them
    return draft


def _review_day() -> date:
    return (now() + _REVIEW_AFTER).date()
