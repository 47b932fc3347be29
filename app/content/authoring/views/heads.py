"""What stands above every editor of a file."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask import url_for

from app.content.authoring import queries
from app.content.authoring.editor_pages import EditorHead
from app.content.authoring.views.shown import plain_editor
from app.content.authoring.views.targets import Target
from app.content.places import FileKind
from app.content.read import UNIT_FILES
from app.platform.i18n import _


def head(about: Target) -> EditorHead:
    """The head of the editor of a file."""
    locale = about.place.locale
    return EditorHead(
        titles=about.titles,
        language=locale,
        parts=list(_parts(about)),
        languages=[(code, text_address(_in(about, code)), code == locale) for code in about.languages],
        is_translation=about.is_translation,
        is_outdated=about.is_outdated,
        stored=queries.file_or_new(about.draft.id, about.path),
        plain=plain_editor(about.draft.id, about.path),
    )


def text_address(about: Target) -> str:
    """The address of the editor of a file."""
    where = about.where
    match about.place.kind:
        case FileKind.QUIZ:
            return url_for("authoring.quiz", **where)
        case FileKind.HANDOUT:
            return url_for("authoring.lesson_part", part="handout", **where)
        case FileKind.GUIDE if about.place.about:
            return url_for("authoring.lesson_part", part="guide", **where)
        case _:
            return url_for("authoring.lesson", **where)


def _parts(about: Target) -> Iterator[tuple[Any, str, bool]]:
    """The texts that the unit can have."""
    if about.unit is None:
        return
    names = {
        FileKind.TEXT: _("Lesson"), FileKind.QUIZ: _("Questions"), FileKind.GUIDE: _("Trainer's notes"),
        FileKind.HANDOUT: _("Handout"),
    }  # fmt: skip
    own = UNIT_FILES.get(about.unit.kind)
    for kind, name in names.items():
        if kind is own or kind in {FileKind.GUIDE, FileKind.HANDOUT}:
            yield name, text_address(replace(about, place=replace(about.place, kind=kind))), kind is about.place.kind


def _in(about: Target, locale: str) -> Target:
    return replace(about, place=replace(about.place, locale=locale))
