"""The bank of a quiz, and what is drawn from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.courses.models import Unit
from app.courses.rules import QuizPhase
from app.platform.db import db
from app.quizzes.models import Question
from app.quizzes.rules import Item, QuizPolicy, drawn, form_of, policy_from

_TURNS = {QuizPhase.PRE: 0, QuizPhase.POST: 1, QuizPhase.FOLLOW_UP: 2}


def turn_of(phase: QuizPhase | None) -> int:
    """How many times people met the parallel forms of a course before: 0 before it, 1 after it, 2 months later."""
    return _TURNS.get(phase, 0) if phase else 0


@dataclass(frozen=True, slots=True)
class Bank:
    """The questions of a quiz unit and the rules by which they are drawn."""

    unit_id: int
    phase: QuizPhase | None
    blueprint: Mapping[str, int] | None
    policy: QuizPolicy
    items: Sequence[Item]

    def draw(self, training_id: int, person_id: int, seed: int) -> dict[str, Any]:
        """The parallel form and the questions of a new attempt of a person."""
        form = form_of(training_id, person_id, turn_of(self.phase), self.policy.forms)
        mixed = self.policy.mixed_questions
        chosen = drawn(self.items, self.blueprint, seed=seed, form=form, mixed=mixed)
        return {"form": form, "question_ids": list(chosen)}

    def asked(self) -> int:
        """How many questions an attempt asks; in each of the parallel forms about as many."""
        texts = {item.question_id for item in self.items if item.is_text}
        return len({*drawn(self.items, self.blueprint, seed=0)} - texts)

    def written(self) -> int:
        """How many there are to draw from, for one form."""
        texts = {item.question_id for item in self.items if item.is_text}
        return len({*drawn(self.items, None, seed=0)} - texts)


def bank_of(unit_id: int) -> Bank:
    """The questions of a quiz unit. Two statements."""
    unit = db.session.execute(sa.select(Unit.phase, Unit.blueprint, Unit.rules).where(Unit.id == unit_id)).one()
    rows = db.session.execute(
        sa.select(Question.id, Question.part, Question.form, Question.kind)
        .where(Question.unit_id == unit_id)
        .order_by(Question.position)
    )
    items = [Item(row.id, row.part, row.form, row.kind == "description") for row in rows]
    return Bank(unit_id, unit.phase, unit.blueprint, policy_from(unit.rules), items)
