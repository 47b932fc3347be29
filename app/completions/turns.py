"""Whose turn it is to hand in an anonymous form, and who has. Nothing of what was said is known here."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from app.completions.models import SurveyTurn
from app.completions.operations import decide_anew
from app.platform.db import db, insert


def make_turns(training_id: int, form: str, person_ids: Collection[int]) -> None:
    """It is the turn of all of these people. Who has one already keeps it."""
    common = {"training_id": training_id, "form": form, "has_answered": False}
    rows = [common | {"person_id": each} for each in sorted(person_ids)]
    if rows:
        db.session.execute(insert(SurveyTurn).values(rows).on_conflict_do_nothing())


def take_turns(training_id: int, form: str, factories: Mapping[int, int], version_id: int) -> set[int]:
    """These people, each sent by a factory, have handed in the form; answers those who had not before.

    Every turn of the form is written anew with it, so that the database does not keep which was written last. Whether
    the course is complete by it is decided.
    """
    of_form = SurveyTurn.training_id == training_id, SurveyTurn.form == form
    make_turns(training_id, form, factories)
    all_held = sa.select(SurveyTurn.person_id, SurveyTurn.has_answered).where(*of_form).order_by(SurveyTurn.id)
    turns = db.session.execute(all_held.with_for_update()).all()
    new = {turn.person_id for turn in turns if turn.person_id in factories and not turn.has_answered}
    if new:
        has_answered = sa.or_(SurveyTurn.has_answered, SurveyTurn.person_id.in_(new))
        written = sa.update(SurveyTurn).where(*of_form).values(has_answered=has_answered)
        db.session.execute(written.execution_options(synchronize_session=False))
        decide_anew({each: factories[each] for each in new}, training_id, version_id)
    return new
