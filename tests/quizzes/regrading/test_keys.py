"""Another key, or no question any more: who changes is seen first, and everything that follows comes at once."""

from decimal import Decimal

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.completions.models import Completion, UnitResult
from app.completions.operations import note_unit
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound
from app.quizzes import operations, queries
from app.quizzes.explained import explained_answers
from app.quizzes.frozen import graded_question
from app.quizzes.models import Attempt, GradeChange, KeyChange, Question
from app.quizzes.regrading import editing
from app.quizzes.regrading.operations.keys import ShownAnew, change_key
from app.quizzes.regrading.queries.previews import Preview, preview
from app.quizzes.shown import shown
from tests.browse import Browse
from tests.make import accounts, courses, factories, quizzes
from tests.make.statements import counted

_ELSE = [Decimal(0), Decimal(100), Decimal(50)]
"""The wrong option is right and the right one wrong."""


def take(room: quizzes.Room, options: tuple[int, ...], person: object = None) -> Attempt:
    actor = quizzes.actor(person or room.person, room.training)  # type: ignore[arg-type]
    attempt = operations.start(actor)
    for question, option in zip(room.questions, options, strict=True):
        operations.answer(actor, attempt.id, question.id, [quizzes.names(attempt, question)[option]], 0)
    operations.submit(actor, attempt.id)
    db.session.refresh(attempt)
    return attempt


def attend(room: quizzes.Room, person: object = None) -> None:
    """All half-days, so that the test alone decides."""
    note_unit(
        person_id=(person or room.person).id, training_id=room.training.id, version_id=room.training.version_id,  # type: ignore[attr-defined]
        unit_id=courses.unit(room.training.version, "meetings").id, share=Decimal(1), factory_id=room.factory.id, at=now(),
    )


def change(question: Question, key: dict | None, found: Preview | None = None, *, understood: bool = True) -> KeyChange:
    shown = (found or preview(question, key)).digest
    return change_key(SYSTEM, question.id, key, why="The law changed.", shown=shown, understood=understood)


def completions() -> list[bool]:
    """Of all completions, whether each holds."""
    return [row.withdrawn_at is None for row in db.session.query(Completion).order_by(Completion.id)]


def test_the_preview_says_who_changes_and_writes_nothing(app: Flask) -> None:
    room = quizzes.room()
    second = room.another()
    attend(room)
    first, other = take(room, (0, 0, 1)), take(room, (1, 0, 1), second)
    key = editing.weighted(room.questions[0].key, _ELSE)
    found = preview(room.questions[0], key)
    assert [(each.attempt_id, each.before.score, each.after.score) for each in found.moved] == [(first.id, 2, 1), (other.id, 1, 2)]
    assert (found.falling, found.rising, found.asked, found.unkept) == (1, 1, 2, 0)
    assert [(each.person_id, each.is_made) for each in found.following] == [(room.person.id, False)]
    assert not db.session.query(KeyChange).count()
    assert preview(room.questions[0], key).digest == found.digest
    assert preview(room.questions[1], key).digest != found.digest


def test_a_new_key_changes_grades_completions_and_certificates_and_keeps_the_old_grades(app: Flask) -> None:
    room = quizzes.room()
    attend(room)
    attempt = take(room, (0, 0, 1))
    assert completions() == [True]
    made = change(room.questions[0], editing.weighted(room.questions[0].key, _ELSE))
    db.session.refresh(attempt)
    assert (attempt.score, attempt.passed) == (1, False)
    [kept] = db.session.query(GradeChange)
    assert (kept.about, kept.score_before, kept.passed_before, kept.score_after, kept.passed_after) == (
        f"key_change:{made.id}", 2, True, 1, False,
    )
    assert completions() == [False]
    assert db.session.query(UnitResult).filter_by(unit_id=room.unit_id).one().share == Decimal("0.333333")
    logged = {row.action: row.details for row in db.session.query(AuditEntry)}
    assert logged["quizzes.change_key"]["grades"] == logged["quizzes.regrade"]["grades"] == 1
    change(room.questions[0], room.questions[0].key)  # taking it back is another change
    db.session.refresh(attempt)
    assert (attempt.score, attempt.passed, completions()) == (2, True, [True])
    assert [row.number for row in db.session.query(KeyChange).order_by(KeyChange.id)] == [1, 2]


def test_a_withdrawn_question_counts_for_nobody(app: Flask) -> None:
    room = quizzes.room()
    attend(room)
    attempt = take(room, (1, 0, 2))
    assert (attempt.score, attempt.max_score, attempt.passed) == (1.5, 3, False)
    change(room.questions[0], None)
    db.session.refresh(attempt)
    assert (attempt.score, attempt.max_score, attempt.passed, completions()) == (1.5, 2, True, [True])
    later = take(room, (1, 0, 0), room.another())
    assert (later.score, later.max_score) == (2, 2)


def test_nobody_falls_unannounced_and_what_is_confirmed_is_what_was_shown(app: Flask) -> None:
    room = quizzes.room()
    take(room, (0, 0, 1))
    question, key = room.questions[0], editing.weighted(room.questions[0].key, _ELSE)
    found = preview(question, key)
    with pytest.raises(ShownAnew, match="will not have passed"):
        change(question, key, found, understood=False)
    take(room, (0, 0, 0), room.another())  # hands in meanwhile
    with pytest.raises(ShownAnew, match="Something changed") as refusal:
        change(question, key, found)
    assert len(refusal.value.preview.moved) == 2
    change(question, key, refusal.value.preview)
    with pytest.raises(NotFound):
        change_key(quizzes.actor(room.person, room.training), question.id, None, why="", shown="", understood=True)


def test_answers_that_are_not_kept_any_more_keep_their_grade(app: Flask) -> None:
    room = quizzes.room()
    attempt = take(room, (0, 0, 0))
    attempt.deadline_at = now().replace(year=now().year - 9)
    found = preview(room.questions[0], None)
    assert (found.asked, found.unkept, len(found.moved)) == (1, 1, 0)


def test_an_open_answer_that_waits_is_graded_when_its_question_is_withdrawn(app: Flask) -> None:
    room = quizzes.room(source="::q1:: [plain] Why? {}\n\n::q2:: [plain] Yes? {T}\n")
    attempt = operations.start(room.actor)
    operations.answer(room.actor, attempt.id, room.questions[0].id, ["Because."], 0)
    operations.submit(room.actor, attempt.id)
    change(room.questions[0], None)
    db.session.refresh(attempt)
    assert (attempt.state, attempt.score, attempt.max_score) == ("graded", 0, 1)
    assert not db.session.query(GradeChange).count()


KINDS = {
    "short": ("::q:: [plain] Who? {=cat =%50%dog}", ["horse"], lambda key: editing.accepting(key, {"en": [("horse", Decimal(100))]})),
    "numeric": ("::q:: [plain] How many? {#5:1}", ["7,5"], lambda key: editing.numbered(key, [(Decimal(7), Decimal("0.5"), Decimal(100))])),
    "true_false": ("::q:: [plain] Yes? {T}", ["1"], lambda key: editing.answered(key, correct=False)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_can_get_another_key(app: Flask, kind: str) -> None:
    source, said, edit = KINDS[kind]
    room = quizzes.room(source=source)
    attempt = operations.start(room.actor)
    typed = [quizzes.names(attempt, room.questions[0], 2)[1]] if kind == "true_false" else said
    operations.answer(room.actor, attempt.id, room.questions[0].id, typed, 0)
    operations.submit(room.actor, attempt.id)
    db.session.refresh(attempt)
    assert attempt.score == 0
    change(room.questions[0], edit(room.questions[0].key))
    db.session.refresh(attempt)
    assert attempt.score == 1


def test_pairs_mean_what_they_meant_when_they_were_chosen(app: Flask) -> None:
    room = quizzes.room(source="::q:: [plain] Match {=A -> one =B -> two =C -> three}")
    [question] = room.questions
    attempt = operations.start(room.actor)
    names = quizzes.names(attempt, question, 3)
    rights = question.texts["en"]["rights"]
    operations.answer(room.actor, attempt.id, question.id, [names[rights.index(word)] for word in ("two", "one", "three")], 0)
    operations.submit(room.actor, attempt.id)
    key = editing.paired(question.key, [1, 0, 2])
    assert [right for _left, right in graded_question(key).pairs] == ["two", "one", "three"]  # type: ignore[union-attr]
    change(question, key)
    db.session.refresh(attempt)
    assert attempt.score == 1
    later = take_pairs(room, ("one", "one", "three"))
    assert round(later.score or 0, 3) == 0.667
    change(question, editing.paired(question.key, [0, 0, 2]))
    db.session.refresh(later)
    assert later.score == 1


def test_an_order_means_what_it_meant_when_it_was_given(app: Flask) -> None:
    room = quizzes.room(source="// [tag:ordering]\n::q:: [plain] Order {=first =second =third}")
    [question] = room.questions
    attempt = operations.start(room.actor)
    asked = queries.asked(queries.sitting(room.actor, attempt.id), 1)
    things = shown(asked, attempt.seed, ["en"]).things
    given = {"second": "1", "first": "2", "third": "3"}
    operations.answer(room.actor, attempt.id, question.id, [given[each.text] for each in things], 0)
    operations.submit(room.actor, attempt.id)
    db.session.refresh(attempt)
    assert round(attempt.score or 0, 3) == 0.333
    key = editing.ordered(question.key, [1, 0, 2])
    found = preview(question, key)
    assert [(round(each.before.score or 0, 3), each.after.score, each.rises) for each in found.moved] == [(0.333, 1, True)]
    change(question, key, found)
    db.session.refresh(attempt)
    assert (attempt.score, attempt.passed) == (1, True)
    [item] = explained_answers(attempt.id, [question.id], ["en"])
    assert item.given == item.right == ("1. second", "2. first", "3. third")
    change(question, editing.ordered(question.key, [0, 1, 2]))
    db.session.refresh(attempt)
    assert round(attempt.score or 0, 3) == 0.333


def test_what_a_trainer_saw_counts_by_the_key_that_stands(app: Flask) -> None:
    room = quizzes.room(source="// [tag:observed]\n::q:: [plain] Do it {~%50%looks ~%50%aims}")
    [question] = room.questions
    operations.note_observed(SYSTEM, room.training.id, room.person.id, question.id, [1], 0)
    attempt = db.session.query(Attempt).one()
    assert attempt.score == 0.5
    change(question, editing.weighted(question.key, [Decimal(0), Decimal(100)]))
    db.session.refresh(attempt)
    assert (attempt.score, attempt.passed) == (1, True)
    assert [(row.score_before, row.score_after) for row in db.session.query(GradeChange)] == [(0.5, 1)]


def take_pairs(room: quizzes.Room, words: tuple[str, ...]) -> Attempt:
    [question] = room.questions
    actor = quizzes.actor(room.another(), room.training)
    attempt = operations.start(actor)
    names, rights = quizzes.names(attempt, question, 3), question.texts["en"]["rights"]
    operations.answer(actor, attempt.id, question.id, [names[rights.index(word)] for word in words], 0)
    operations.submit(actor, attempt.id)
    db.session.refresh(attempt)
    return attempt


@pytest.mark.parametrize("people", [2, 6])
def test_a_change_takes_as_many_statements_for_two_as_for_six(app: Flask, people: int) -> None:
    room = quizzes.room()
    for _ in range(people):
        take(room, (0, 2, 2), room.another())
    key = editing.weighted(room.questions[0].key, [Decimal(100), Decimal(0), Decimal(100)])
    with counted() as statements:
        found = preview(room.questions[1], key)
    assert (len(statements), len(found.moved)) == (12, people)
    with counted() as statements:
        change(room.questions[1], key, found)
    assert len(statements) == 29


def test_the_pages_lead_from_the_course_to_the_history(browse: Browse, app: Flask) -> None:
    room = quizzes.room()
    attend(room)
    take(room, (0, 0, 1))
    elsewhere = factories.programme("ELSE")
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=room.training.programme))
    other = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=elsewhere))
    course = manager.get(f"/courses/{room.training.version.course.code}")
    assert any(link.get("href") == f"/quizzes/{room.unit_id}/questions" for link in course.all("a"))
    assert "As published" in manager.get(f"/quizzes/{room.unit_id}/questions").text
    address = f"/quizzes/questions/{room.questions[0].id}"
    assert "I do it well" in manager.get(address).text
    wrong = manager.get(f"{address}/change?worth_0=0&worth_1=50&worth_2=50")
    assert wrong.status == 422
    assert "One answer must be worth 100 percent" in wrong.text
    query = {"worth_0": "0", "worth_1": "100", "worth_2": "50"}
    shown = manager.get(f"{address}/change?worth_0=0&worth_1=100&worth_2=50")
    assert room.person.name in shown.text
    assert "Completion and certificate end" in shown.text
    strange = other.get(f"{address}/change?worth_0=0&worth_1=100&worth_2=50")
    assert "Other programmes" in strange.text
    assert room.person.name not in strange.text
    [digest] = [field.get("value") for field in shown.all("input") if field.get("name") == "shown"]
    assert manager.post(f"{address}/change", {**query, "shown": digest}).status == 422
    refused = manager.post(f"{address}/change", {**query, "shown": digest, "why": "The law changed."})
    assert (refused.status, "Say that you know" in refused.text) == (409, True)
    done = manager.post(f"{address}/change", {**query, "shown": digest, "why": "The law changed.", "understood": "y"})
    assert done.location == address
    history = manager.get(address).text
    assert "The law changed." in history
    assert "Key changed" in manager.get(f"/quizzes/{room.unit_id}/questions").text
    assert browse.as_account(accounts.account(Role.TRAINER, programme=room.training.programme)).get(address).status == 404
