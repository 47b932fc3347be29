"""The questions of a quiz: as a learner sees them, and as text."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.content.authoring import operations, queries
from app.content.authoring.editor_pages import BankPage, Conflict, QuizPage
from app.content.authoring.forms.editing import EditedForm, edited_form
from app.content.authoring.forms.questions import KINDS
from app.content.authoring.labels import PAIR_STATES
from app.content.authoring.questions.banks import Entry, entries
from app.content.authoring.questions.cards import Card, card, cards
from app.content.authoring.questions.translating import pairs, strangers
from app.content.authoring.refusals import Stale
from app.content.authoring.report import shown_text
from app.content.authoring.skeletons import skeleton
from app.content.authoring.views.blueprint import MAY, ONE, bp, seen_in
from app.content.authoring.views.heads import head
from app.content.authoring.views.shown import frame, shown
from app.content.authoring.views.targets import Target, differs, report_with, target
from app.content.places import FileKind
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import changed, render, see_other
from app.platform.web.forms import number

QUIZ = f"{ONE}/quizzes/<language>/<quiz>"
_KINDS = {name: said for name, said in KINDS.items() if name != "description"}


@bp.get(QUIZ, may=MAY)
def quiz(draft: int, language: str, quiz: str) -> Response:
    about = target(draft, FileKind.QUIZ, language, quiz)
    own, source = entries(about.words(about.path)), entries(about.words(about.source_path))
    both = pairs(source, own) if about.is_translation else ()
    extra = strangers(source, own) if about.is_translation else range(1, len(own) + 1)
    every = cards(own)
    return render(
        QuizPage(
            frame=frame(about.draft),
            head=head(about),
            quiz=quiz,
            cards=[every[at - 1] for at in extra],
            pairs=[
                (card(pair.source, pair.number), card(pair.target, pair.number) if pair.target else None, pair.state)
                for pair in both
            ],
            problems=shown(about.draft, about.report, about.report.of(about.path)),
            kinds=_KINDS,
            states=PAIR_STATES,
            blueprint=_blueprint(about, own) if not about.is_translation else {},
        )
    )


@bp.get(f"{QUIZ}/text", may=MAY)
def quiz_text(draft: int, language: str, quiz: str) -> Response:
    about = target(draft, FileKind.QUIZ, language, quiz)
    stored = queries.file_or_new(about.draft.id, about.path)
    words = about.words(about.path) if stored.revision or about.is_translation else skeleton(about.place, "")
    return _show(about, edited_form(language, text=words, seen=stored.revision))


@bp.post(f"{QUIZ}/text", may=MAY)
def write_quiz_text(draft: int, language: str, quiz: str) -> Response:
    about = target(draft, FileKind.QUIZ, language, quiz)
    form = edited_form(language, request.form)
    data, seen = form.data_to_write(), seen_in(form)
    try:
        if about.is_translation:
            current = bool(form.is_current.data)
            operations.write_translation(g.actor, draft, about.path, data, seen=seen, is_current=current)
        else:
            operations.write_file(g.actor, draft, about.path, data, seen=seen)
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


@bp.post(f"{QUIZ}/preview", may=MAY)
def preview_quiz(draft: int, language: str, quiz: str) -> Response:
    form = edited_form(language, request.form)
    about = target(draft, FileKind.QUIZ, language, quiz, form.data_to_write())
    if request.headers.get("HX-Request") != "true":
        return _show(about, form, is_preview=True)
    return changed("content/authoring/quiz_preview.htmx.html", else_to="", **_preview(about, form), language=language)


@bp.post(f"{QUIZ}/match", may=MAY)
def match_quiz(draft: int, language: str, quiz: str) -> Response:
    """The questions stay as they are; each was held against the English one."""
    about = target(draft, FileKind.QUIZ, language, quiz)
    if not about.is_translation or about.path not in about.folder.files:
        raise NotFound
    seen, data = number(request.form.get("seen")) or 0, about.folder.files[about.path]
    if seen != queries.file(draft, about.path).revision:
        raise Refused(_("Somebody changed this quiz meanwhile. Look at it once more."))
    operations.write_translation(g.actor, draft, about.path, data, seen=seen, is_current=True)
    flash(_("It is noted that these questions say what the English ones say."), "done")
    return see_other(url_for("authoring.quiz", **about.where))


def _show(
    about: Target, form: EditedForm, status: int = 200, conflict: Conflict | None = None, *, is_preview: bool = False
) -> Response:
    preview = _preview(about, form)
    form.text.data = shown_text((form.text.data or "").encode("utf-8", "replace"))
    return render(
        BankPage(
            frame=frame(about.draft),
            head=head(about),
            form=form,
            save_to=url_for("authoring.write_quiz_text", **about.where),
            preview_at=url_for("authoring.preview_quiz", **about.where),
            source=about.words(about.source_path) if about.is_translation else "",
            conflict=conflict,
            is_preview=is_preview,
            **preview,
        ),
        status,
    )


def _preview(about: Target, form: EditedForm) -> dict[str, Any]:
    """The questions as a learner will see them, and what the check says of the text."""
    data = form.data_to_write()
    seen = report_with(about, data) if differs(about, data) else about.report
    found: list[Card] = cards(entries(shown_text(data)))
    return {"cards": found, "problems": shown(about.draft, seen, seen.of(about.path))}


def _blueprint(about: Target, own: tuple[Entry, ...]) -> dict[str, tuple[int, int]]:
    tags = [tag for entry in own if entry.question for tag in entry.question.tags]
    wanted = about.unit.blueprint if about.unit else None
    return {topic: (tags.count(topic), number) for topic, number in (wanted or {}).items()}
