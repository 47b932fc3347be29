"""The texts of a unit - lesson, trainer's notes, handout - beside what they will look like."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.content.authoring import operations, queries
from app.content.authoring.editor_pages import Conflict, LessonPage
from app.content.authoring.forms.editing import EditedForm, edited_form
from app.content.authoring.refusals import Stale
from app.content.authoring.report import shown_text
from app.content.authoring.skeletons import skeleton
from app.content.authoring.views.blueprint import MAY, ONE, bp, seen_in
from app.content.authoring.views.heads import head, text_address
from app.content.authoring.views.shown import frame, shown
from app.content.authoring.views.targets import Target, differs, media_address, report_with, target
from app.content.folder import most_bytes
from app.content.places import FileKind
from app.courses.markdown import render as as_published
from app.platform.i18n import _, text
from app.platform.refusal import NotFound, Refused
from app.platform.web import changed, render, see_other

_TEXT = f"{ONE}/lessons/<language>/<unit>"
_PARTS = {"text": FileKind.TEXT, "guide": FileKind.GUIDE, "handout": FileKind.HANDOUT}


@bp.get(_TEXT, may=MAY)
def lesson(draft: int, language: str, unit: str) -> Response:
    return _open(_target(draft, language, unit, "text"))


@bp.post(_TEXT, may=MAY)
def write_lesson(draft: int, language: str, unit: str) -> Response:
    return _write(_target(draft, language, unit, "text"))


@bp.get(f"{_TEXT}/<part>", may=MAY)
def lesson_part(draft: int, language: str, unit: str, part: str) -> Response:
    return _open(_target(draft, language, unit, part))


@bp.post(f"{_TEXT}/<part>", may=MAY)
def write_lesson_part(draft: int, language: str, unit: str, part: str) -> Response:
    return _write(_target(draft, language, unit, part))


@bp.post(f"{_TEXT}/<part>/preview", may=MAY)
def preview_lesson(draft: int, language: str, unit: str, part: str) -> Response:
    form = edited_form(language, request.form)
    about = _target(draft, language, unit, part, form.data_to_write())
    if request.headers.get("HX-Request") != "true":
        return _show(about, form, is_preview=True)
    return changed("content/authoring/preview.htmx.html", else_to="", **_preview(about, form), language=language)


def _target(draft: int, language: str, unit: str, part: str, typed: bytes | None = None) -> Target:
    if part not in _PARTS:
        raise NotFound
    if unit == "guide":  # how to run the course: no unit may be called so
        return target(draft, FileKind.GUIDE, language, unit, typed)
    return target(draft, _PARTS[part], language, unit, typed)


def _open(about: Target) -> Response:
    stored = queries.file_or_new(about.draft.id, about.path)
    words = about.words(about.path)
    if not stored.revision and not about.is_translation:
        words = skeleton(about.place, text(about.titles, about.place.locale))
    return _show(about, edited_form(about.place.locale, text=words, seen=stored.revision))


def _write(about: Target) -> Response:
    form, draft = edited_form(about.place.locale, request.form), about.draft
    data, seen = form.data_to_write(), seen_in(form)
    try:
        if about.is_translation:
            current = bool(form.is_current.data)
            operations.write_translation(g.actor, draft.id, about.path, data, seen=seen, is_current=current)
        else:
            operations.write_file(g.actor, draft.id, about.path, data, seen=seen)
    except Stale as stale:
        form.seen.data = str(stale.revision)
        return _show(about, form, 409, Conflict(str(stale), shown_text(stale.theirs or b"")))
    except NotFound:
        raise
    except Refused as refusal:
        form.text.errors = [str(refusal)]
        return _show(about, form, 422)
    flash(_("Saved."), "done")
    return see_other(request.path)


def _show(
    about: Target, form: EditedForm, status: int = 200, conflict: Conflict | None = None, *, is_preview: bool = False
) -> Response:
    draft, source = about.draft, about.words(about.source_path) if about.is_translation else ""
    preview = _preview(about, form)
    form.text.data = shown_text((form.text.data or "").encode("utf-8", "replace"))
    media = media_address(draft.id)
    return render(
        LessonPage(
            frame=frame(draft),
            head=head(about),
            form=form,
            pictures=[(f"media/{name}", media + name) for name in about.pictures()],
            save_to=text_address(about),
            preview_at=_preview_address(about),
            source=source,
            source_html=as_published(source, media),
            conflict=conflict,
            is_preview=is_preview,
            **preview,
        ),
        status,
    )


def _preview(about: Target, form: EditedForm) -> dict[str, Any]:
    """The text as it will be published, and what the check says of it."""
    data = form.data_to_write()
    seen = report_with(about, data) if differs(about, data) else about.report
    html = as_published(shown_text(data), media_address(about.draft.id)) if len(data) <= most_bytes(".md") else ""
    return {"html": html, "problems": shown(about.draft, seen, seen.of(about.path))}


def _preview_address(about: Target) -> str:
    part = next(name for name, kind in _PARTS.items() if kind is about.place.kind)
    return url_for("authoring.preview_lesson", part=part, **about.where)
