"""A small whole course as files, drafts of it, and ZIPs good and bad."""

import io
import zipfile
from collections.abc import Mapping

from app.access.actor import SYSTEM, Actor
from app.access.roles import Role
from app.content.authoring import operations
from app.content.authoring.models import Draft
from app.content.authoring.rules import Blank
from app.content.folder import Folder
from app.content.read import read_course
from app.content.schema import CourseFacts
from app.courses.rules import Category
from app.factories.rules import JobRole
from tests.make import accounts

CODE = "fire-drill"
YAML = """\
# the refresher of the year
id: "fire-drill"
version: "1"
category: osh
titles: {en: "Fire drill", km: "សមយុទ្ធអគ្គិភ័យ"}
summary: {en: "What to do.", km: "អ្វីត្រូវធ្វើ"}
objectives: {en: ["I can leave."], km: ["ខ្ញុំអាចចេញ"]}
audience: [supervisor]
themes: [osh]
hours: 4
group_size: {min: 8, max: 25}
modalities: [in_person]
languages:
  en: {reviewed: "2026-11-20"}
  km: {reviewed: false}
validity: {months: 24}
pass_rule: {attendance: 0.8, test: {unit: "test", share: 0.6}}
sources: ["A public guide"]
review_by: "2027-11-01"
layouts:
  - id: "morning"
    titles: {en: "One morning", km: "មួយព្រឹក"}
    parts:
      - {titles: {en: "All of it", km: "ទាំងអស់"}, minutes: 240, units: ["lesson", "meetings"]}
units:
  - {id: "lesson", kind: lesson, minutes: 60, titles: {en: "Exits", km: "ច្រកចេញ"}}
  - {id: "meetings", kind: meeting, minutes: 240, titles: {en: "Half-days", km: "ពេល"}}
  - {id: "test", kind: quiz, minutes: 20, titles: {en: "Test", km: "តេស្ត"}, phase: post, blueprint: {exits: 1}}
"""
QUIZ = """\
// [tag:exits]
// source: a public guide
// review by: 2027-11-01
::f1:: Smoke, what first? {
=Leave # Go low.
~%50%Call
~Look
}
"""
KHMER = """\
::f1:: ផ្សែង? {
=ចេញ
~%50%ហៅ
~មើល
}
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
FILES = {
    path: text.encode()
    for path, text in {
        "course.yaml": YAML,
        "en/lesson.md": "# Exits\n\n## Aims\n\n- leave\n\n![an exit](media/exit.svg)\n",
        "en/test.gift": QUIZ,
        "km/lesson.md": "# ច្រកចេញ\n\n## គោលបំណង\n\n- ចេញ\n",
        "km/test.gift": KHMER,
        "media/exit.svg": SVG,
    }.items()
}
BLANK = Blank(
    code="first-aid", title="First aid", category=Category.OSH, summary="What to do until help comes.",
    objectives=("I can call for help.",), audience=(JobRole.SUPERVISOR, JobRole.OPERATOR), hours=4.0,
    sources=("A public guide",),
)


def author(role: Role = Role.PROGRAMME_MANAGER, **values: object) -> Actor:
    """Somebody who may write courses and - but for trainers - publish them."""
    return accounts.actor(accounts.account(role, **values))


def zip_of(files: Mapping[str, bytes], folder: str = "") -> bytes:
    """The files as a ZIP, at its top or in a folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(f"{folder}/{path}" if folder else path, data)
    return out.getvalue()


def draft(actor: Actor = SYSTEM) -> Draft:
    """An open draft of the whole course."""
    return operations.start_from_zip(actor, zip_of(FILES))


def renumbered(number: int) -> Draft:
    """An open draft of the same course as another version."""
    text = YAML.replace('version: "1"', f'version: "{number}"')
    return operations.start_from_zip(SYSTEM, zip_of({**FILES, "course.yaml": text.encode()}))


def folder() -> Folder:
    """The whole course as it lies on the disk."""
    return Folder(CODE, FILES)


def facts() -> CourseFacts:
    """What course.yaml of the whole course says."""
    course = read_course(folder(), [])
    assert course
    return course.facts
