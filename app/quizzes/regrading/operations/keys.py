"""Something else is right, or a question is withdrawn: everybody's grade follows, or nobody's."""

from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.quizzes.models import KeyChange, Question
from app.quizzes.policy import may_change_keys
from app.quizzes.regrading.operations.writing import note_all, write_grades
from app.quizzes.regrading.queries.previews import Preview, preview


class ShownAnew(Refused):
    """What was shown before is not what would happen now; `preview` is."""

    def __init__(self, message: str, preview: Preview) -> None:
        super().__init__(message)
        self.preview = preview


def change_key(
    actor: Actor, question_id: int, key: dict[str, Any] | None, *, why: str, shown: str, understood: bool
) -> KeyChange:
    """Give a question another key, or - with None - withdraw it from every grade, and grade anew whoever was asked it.

    `shown` is the digest of the preview that was looked at; `understood` that people who had passed will not have any
    more. Undoing it is another change. Raises ShownAnew when the preview is not true any more or somebody falls
    unannounced; NotFound for whoever may not.
    """
    if not may_change_keys(actor):
        raise NotFound
    held = sa.select(Question).where(Question.id == question_id).with_for_update(key_share=True)
    question = db.session.scalar(held)  # an answer names its question, and must not wait while it holds its attempt
    if question is None:
        raise NotFound
    found = preview(question, key, hold=True)
    if found.digest != shown:
        raise ShownAnew(_("Something changed since this was shown. This is what would happen now."), found)
    if found.falling and not understood:
        raise ShownAnew(_("Say that you know who will not have passed any more."), found)
    change = KeyChange(
        question_id=question_id, number=_next_number(question_id), key=key, why=why, account_id=actor.account_id,
        at=now(),
    )  # fmt: skip
    db.session.add(change)
    db.session.flush()  # the grades name it
    about = f"key_change:{change.id}"
    write_grades(actor, about, found.moved)
    note_all(actor, about, found)
    verb = "quizzes.withdraw_question" if key is None else "quizzes.change_key"
    audit.record(actor, verb, f"question:{question_id}", change=change.id, grades=len(found.moved))
    return change


def _next_number(question_id: int) -> int:
    last = db.session.scalar(sa.select(sa.func.max(KeyChange.number)).where(KeyChange.question_id == question_id))
    return (last or 0) + 1
