"""One question as a form: new, changed, moved, taken away - and translated."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.content.authoring import operations, queries
from app.content.authoring.editor_pages import Conflict, QuestionPage
from app.content.authoring.forms.questions import KINDS, new_fields, question_form, tags_of
from app.content.authoring.questions import banks
from app.content.authoring.questions.banks import entries, written
from app.content.authoring.questions.cards import card
from app.content.authoring.questions.fields import Unfit, fields_of, question_of
from app.content.authoring.refusals import Stale
from app.content.authoring.report import shown_text
from app.content.authoring.views.blueprint import MAY, bp, seen_in
from app.content.authoring.views.heads import head
from app.content.authoring.views.quizzes import QUIZ
from app.content.authoring.views.shown import frame
from app.content.authoring.views.targets import Target, target
from app.content.authoring.views.translated import show_translation, write_translation
from app.content.places import FileKind
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other
from app.platform.web.forms import number as read_number
from app.quizzes.gift import Question

_ONE = f"{QUIZ}/questions/<int:number>"


@bp.get(f"{QUIZ}/new/<question_kind>", may=MAY)
def new_question(draft: int, language: str, quiz: str, question_kind: str) -> Response:
    about = _source(draft, language, quiz, question_kind)
    titles = [entry.title for entry in entries(about.words(about.path))]
    data = new_fields(question_kind, banks.next_title(titles, f"{quiz}-01"))
    return _show(about, _form(about, question_kind, data), question_kind)


@bp.post(f"{QUIZ}/new/<question_kind>", may=MAY)
def add_question(draft: int, language: str, quiz: str, question_kind: str) -> Response:
    about = _source(draft, language, quiz, question_kind)
    form = _form(about, question_kind, new_fields(question_kind, ""), request.form)
    return _write(about, form, question_kind)


@bp.get(_ONE, may=MAY)
def question(draft: int, language: str, quiz: str, number: int) -> Response:
    about = target(draft, FileKind.QUIZ, language, quiz)
    if about.is_translation:
        return show_translation(about, number)
    asked = _readable(about, number)
    return _show(about, _form(about, asked.type, fields_of(asked)), asked.type, number)


@bp.post(_ONE, may=MAY)
def change_question(draft: int, language: str, quiz: str, number: int) -> Response:
    about = target(draft, FileKind.QUIZ, language, quiz)
    if about.is_translation:
        return write_translation(about, number)
    at, asked = _still_there(about, number)
    kind = asked.type if asked else request.form.get("kind", "")
    if kind not in KINDS or not (asked or request.form.get("was")):
        raise NotFound
    data = fields_of(asked) if asked else new_fields(kind, "")
    return _write(about, _form(about, kind, data, request.form), kind, at, asked)


@bp.post(f"{_ONE}/position", may=MAY)
def move_question(draft: int, language: str, quiz: str, number: int) -> Response:
    about = _source(draft, language, quiz)
    to = -1 if request.form.get("to") == "earlier" else 1
    text = _text(about)
    if not 1 <= number <= len(entries(text)):
        raise NotFound
    moved = banks.moved(text, number, to)
    if moved is None:
        raise Refused(_("A question here cannot be read. Mend it first, or move this one as text."))
    titles = [entry.title for entry in entries(moved)]
    _save(about, moved, read_number(request.form.get("seen")) or 0, lambda other: banks.arranged(other, titles))
    return see_other(f"{_list(about)}#question-{number + to}")


@bp.post(f"{_ONE}/removal", may=MAY)
def remove_question(draft: int, language: str, quiz: str, number: int) -> Response:
    about = target(draft, FileKind.QUIZ, language, quiz)
    text, seen = _text(about), read_number(request.form.get("seen")) or 0
    found = entries(text)
    if not 1 <= number <= len(found):
        raise NotFound
    title, data = found[number - 1].title, _bytes(banks.without(text, number))
    if about.is_translation:
        operations.write_translation(g.actor, draft, about.path, data, seen=seen, is_current=False)
    else:
        _save(about, data.decode(), seen, (lambda other: banks.without_title(other, title)) if title else None)
    flash(_("The question is taken away."), "done")
    return see_other(_list(about))


def _source(draft: int, language: str, quiz: str, kind: str = "single") -> Target:
    """A quiz in the source language: only there questions are added, moved and taken away. Raises NotFound."""
    about = target(draft, FileKind.QUIZ, language, quiz)
    if about.is_translation or kind not in KINDS:
        raise NotFound
    return about


def _readable(about: Target, number: int) -> Question:
    found = entries(_text(about))
    asked = found[number - 1].question if 1 <= number <= len(found) else None
    if asked is None:
        raise NotFound
    return asked


def _still_there(about: Target, number: int) -> tuple[int | None, Question | None]:
    """Where the question is now that the form was about, and how it is; nothing when somebody took it away."""
    found, was = entries(_text(about)), request.form.get("was", "")
    there = [at for at, entry in enumerate(found, 1) if (entry.title == was if was else at == number)]
    return (there[0], found[there[0] - 1].question) if there else (None, None)


def _form(about: Target, kind: str, data: dict[str, Any], sent: Any = None) -> Any:
    form = question_form(kind, about.place.locale, data, sent, topics=_topics(about))
    title = form.was.data if sent is not None else data["title"]
    if sent is None:
        form.seen.data, form.was.data = queries.file_or_new(about.draft.id, about.path).revision, data["title"]
    form.taken = {entry.title for entry in entries(_text(about))} - {title or None}
    return form


def _write(about: Target, form: Any, kind: str, number: int | None = None, before: Question | None = None) -> Response:
    made = _made(form, kind, before, _topics(about)) if form.validate() else None
    if made is None:
        return _show(about, form, kind, number, status=422)
    asked, block = made
    text = _text(about)
    changed = banks.replaced(text, number, block) if number else banks.added(text, block)
    old, new = (before.title or "" if before else ""), asked.title or ""
    follow = (lambda other: banks.retitled(other, old, new)) if old and old != new else None
    try:
        _save(about, changed, seen_in(form), follow)
    except Stale as stale:
        return _show_conflict(about, form, kind, stale)
    flash(_("The question is saved."), "done")
    at = number or len(entries(changed))
    return see_other(f"{_list(about)}#question-{at}")


def _made(form: Any, kind: str, before: Question | None, topics: tuple[str, ...]) -> tuple[Question, str] | None:
    """The question that was typed and how it is written; None, with the reason on the form, when it is none."""
    try:
        tags = tags_of(form, before.tags if before else (), topics)
        asked = question_of(kind, form.fields() | {"tags": tags}, before)
    except Unfit as fault:
        form.fault(str(fault))
        return None
    block = written(asked)
    if block is None:
        form.fault("unwritten")
        return None
    return asked, block


def _show_conflict(about: Target, form: Any, kind: str, stale: Stale) -> Response:
    """What was typed stays; it goes where the question is now that had its title."""
    there = entries(shown_text(stale.theirs or b""))
    at = next((at for at, entry in enumerate(there, 1) if form.was.data and entry.title == form.was.data), None)
    form.seen.data = str(stale.revision)
    if at is None and form.was.data:
        form.fault("gone")
    theirs = there[at - 1].question if at else None
    conflict = Conflict(str(stale), "")
    return _show(about, form, kind, at, status=409, conflict=conflict, theirs=card(theirs, at or 0) if theirs else None)


def _show(about: Target, form: Any, kind: str, number: int | None = None, status: int = 200, **more: Any) -> Response:
    to = url_for("authoring.change_question", number=number, **about.where) if number else None
    return render(
        QuestionPage(
            frame=frame(about.draft),
            head=head(about),
            form=form,
            kind=kind,
            kind_name=KINDS[kind],
            number=number,
            save_to=to or url_for("authoring.add_question", question_kind=kind, **about.where),
            back=_list(about),
            unit=about.unit,
            **more,
        ),
        status,
    )


def _save(about: Target, text: str, seen: int, follow: Any = None) -> None:
    operations.write_bank(g.actor, about.draft.id, about.place.about, _bytes(text), seen=seen, follow=follow)


def _text(about: Target) -> str:
    """The file itself, with what is no text in it."""
    return about.folder.files.get(about.path, b"").decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _topics(about: Target) -> tuple[str, ...]:
    return tuple(about.unit.blueprint or ()) if about.unit else ()


def _list(about: Target) -> str:
    return url_for("authoring.quiz", **about.where)
