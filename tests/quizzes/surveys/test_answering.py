"""Answering without a name: one person one evaluation, workers as many as come, and nothing that ties them together."""

import json
import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import ANONYMOUS, SYSTEM
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import Base, db
from app.platform.refusal import NotFound, Refused
from app.quizzes.surveys import operations
from app.quizzes.surveys.models import SurveyResponse, SurveyTicket, SurveyWindow, random_id
from app.quizzes.surveys.rules import SurveyPhase
from app.sessions.rules import SeatState, TrainingState
from tests.make import factories, quizzes, sessions, surveys


def test_one_person_hands_in_one_evaluation(app: Flask) -> None:
    room = surveys.asked(2)
    assert room.turns() == {person.id: False for person in room.people}
    room.answer(0)
    room.answer(0, useful="4")
    assert room.turns() == {room.people[0].id: True, room.people[1].id: False}
    assert [row.answers for row in room.responses()] == [{"useful": 0, "pace": 1, "change": "More time."}]


def test_a_response_holds_no_more_than_was_promised(app: Flask) -> None:
    room = surveys.asked()
    room.answer(0, "ar")
    columns = set(SurveyResponse.__table__.columns.keys())
    assert columns == {"id", "training_id", "form", "phase", "factory_id", "language", "month", "answers"}
    (row,) = room.responses()
    assert (row.language, row.month.day, row.factory_id, row.phase) == ("ar", 1, None, None)


def test_a_turn_holds_nothing_of_the_answer_and_no_time(app: Flask) -> None:
    table = Base.metadata.tables["survey_turn"]
    assert set(table.columns.keys()) == {"id", "training_id", "form", "person_id", "has_answered"}


def test_no_order_is_kept(app: Flask) -> None:
    """Neither numbers nor the place of the rows follow the order in which people answered."""
    room = surveys.asked(12)
    orders, numbers = Counter(), set()
    for number in range(12):
        room.answer(number, change=f"{number:02}")
        rows = db.session.execute(sa.select(SurveyResponse.answers, SurveyResponse.id)).all()
        assert not numbers & {row.id for row in rows}, "a number that was seen before marks the same response"
        numbers |= {row.id for row in rows}
        orders[tuple(row.answers["change"] for row in rows)] += 1
    in_order = tuple(f"{number:02}" for number in range(12))
    by_id = tuple(row.answers["change"] for row in sorted(room.responses(), key=lambda row: row.id))
    assert in_order not in {*orders, by_id}
    assert max(numbers) > 2**50


@pytest.mark.every_run
def test_the_database_notes_one_transaction_beside_all_of_them(app: Flask) -> None:
    """PostgreSQL keeps with each row which transaction wrote it: it is the same one for every response and turn."""
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite keeps no transaction beside a row")
    room = surveys.asked(4)
    for number in range(3):
        with db.session.begin_nested():
            room.answer(number)
    for table in ("survey_response", "survey_turn"):
        noted = db.session.execute(sa.text(f"SELECT DISTINCT xmin::text FROM {table}")).all()
        assert len(noted) == 1, table


def test_the_number_of_a_row_is_its_random_one(app: Flask) -> None:
    """A hidden row number of SQLite would keep the order."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no such number")
    room = surveys.asked(2)
    room.answer(0)
    room.answer(1)
    for table in ("survey_response", "survey_ticket"):
        assert db.session.execute(sa.text(f"SELECT count(*) FROM {table} WHERE rowid <> id")).scalar_one() == 0


def test_the_log_of_changes_does_not_know_who_answered(app: Flask) -> None:
    room = surveys.asked(2)
    before = db.session.query(AuditEntry).count()
    room.answer(0)
    window = room.survey()
    surveys.worker(window)
    operations.note_handed_in(SYSTEM, room.training.id, "evaluation", [room.people[1].id])
    entries = db.session.query(AuditEntry).order_by(AuditEntry.id).offset(before).all()
    assert [entry.action for entry in entries] == ["surveys.open", "surveys.handed_in"]
    assert {entry.person_id for entry in entries} == {None}
    assert entries[1].details == {"form": "evaluation", "people": 1}


def test_no_table_leads_from_a_response_to_a_person(app: Flask) -> None:
    """Whatever refers to a response or a ticket, or is named by them, is no person, account or sign-in."""
    for name in ("survey_response", "survey_ticket"):
        table = Base.metadata.tables[name]
        assert {key.column.table.name for key in table.foreign_keys} <= {"training_session", "factory", "survey_window"}
    refer = [table.name for table in Base.metadata.tables.values() for key in table.foreign_keys
             if key.column.table.name in {"survey_response", "survey_ticket"}]
    assert refer == []


def test_nothing_else_that_was_written_holds_the_words(app: Flask) -> None:
    """No other table repeats what was said, or the number under which it stands."""
    room = surveys.asked()
    room.answer(0, change="Zqword")
    (row,) = room.responses()
    traces = re.compile(rf"Zqword|{row.id}")
    for table in Base.metadata.sorted_tables:
        if table.name != "survey_response":
            rows = [dict(found) for found in db.session.execute(sa.select(table)).mappings()]
            assert not traces.search(json.dumps(rows, default=str)), table.name


@pytest.mark.parametrize("what", ["stranger", "withdrawn", "nobody"])
def test_who_has_no_seat_finds_nothing(app: Flask, what: str) -> None:
    room = surveys.asked()
    stranger = factories.person(room.factory)
    if what == "withdrawn":
        sessions.seat(room.training, room.factory, stranger, state=SeatState.WITHDRAWN)
    actor = ANONYMOUS if what == "nobody" else quizzes.actor(stranger, room.training)
    with pytest.raises(NotFound):
        operations.answer_evaluation(actor, room.training.id, "evaluation", "en", surveys.BEST)


def test_who_is_booked_later_has_a_turn_too(app: Flask) -> None:
    room = surveys.asked()
    late = factories.person(room.factory)
    sessions.seat(room.training, room.factory, late)
    room.people.append(late)
    room.answer(1)
    assert room.turns() == {room.people[0].id: False, late.id: True}


@pytest.mark.parametrize("state", [TrainingState.CANCELLED, TrainingState.POSTPONED])
def test_a_training_session_that_is_not_held_asks_nothing(app: Flask, state: TrainingState) -> None:
    room = surveys.asked()
    window = room.survey()
    room.training.state = state
    with pytest.raises(Refused, match="not open"):
        room.answer(0)
    with pytest.raises(Refused, match="not open"):
        surveys.worker(window)
    assert room.responses() == []
    assert not any(room.turns().values())


def test_a_closed_form_keeps_nothing(app: Flask) -> None:
    room = surveys.asked(2)
    room.window().closes_at = now()
    with pytest.raises(Refused, match="not open"):
        room.answer(0)
    assert room.responses() == []


@pytest.mark.parametrize("said", [{}, {"useful": "9"}, {"other": "1"}, {"change": " \n "}])
def test_an_empty_form_is_not_kept_and_the_turn_stays(app: Flask, said: dict[str, str]) -> None:
    room = surveys.asked()
    with pytest.raises(Refused, match="at least one"):
        operations.answer_evaluation(
            quizzes.actor(room.people[0], room.training), room.training.id, "evaluation", "en", said
        )
    assert room.turns() == {room.people[0].id: False}


def test_a_megabyte_of_words_is_refused(app: Flask) -> None:
    room = surveys.asked()
    with pytest.raises(Refused, match="1000"):
        room.answer(0, change="x" * 1_000_000)


def test_workers_answer_as_many_as_come_and_a_page_counts_once(app: Flask) -> None:
    room = surveys.asked()
    window = room.survey()
    once = random_id()
    for ticket in (once, once, random_id()):
        surveys.worker(window, ticket, plan="0")
    found = room.responses()
    assert [(row.factory_id, row.phase, row.answers) for row in found] == [(room.factory.id, SurveyPhase.PRE, {"plan": 0})] * 2
    assert once not in {row.id for row in found}
    surveys.end(window)
    assert db.session.query(SurveyTicket).count() == 0


def test_a_crowd_is_mixed_when_the_form_closes(app: Flask) -> None:
    room = surveys.asked()
    window = room.survey()
    for number in range(65):
        surveys.worker(window, help=f"{number:03}")
    before = {row.id for row in room.responses()}
    surveys.end(window)
    after = {row.id for row in room.responses()}
    assert (len(after), before & after) == (65, set())


def test_a_survey_asks_only_factories_with_seats(app: Flask) -> None:
    room = surveys.asked()
    with pytest.raises(NotFound):
        room.survey(factory=factories.factory())


def test_the_evaluation_opens_by_the_clock_and_only_once(app: Flask) -> None:
    room = surveys.asked(is_open=False, days=(-1,))
    operations.open_by_the_clock(room.training.id)
    first = room.window()
    assert timedelta(days=13) < first.closes_at - now() <= timedelta(days=14)
    first.closes_at = now()
    operations.open_by_the_clock(room.training.id)
    assert db.session.query(SurveyWindow).one().closes_at <= now()


def test_two_openings_are_one_window(app: Flask) -> None:
    room = surveys.asked()
    operations.open_evaluation(SYSTEM, room.training.id, "evaluation")
    assert db.session.query(SurveyWindow).count() == 1
    first, second = room.survey(SurveyPhase.PRE), room.survey(SurveyPhase.PRE)
    assert first.id == second.id != room.survey(SurveyPhase.POST).id


def test_paper_is_entered_sheet_by_sheet_without_names(app: Flask) -> None:
    room = surveys.asked(3)
    window = room.window()
    once = random_id()
    for ticket in (once, once, random_id()):
        operations.enter_sheet(SYSTEM, room.training.id, window.id, ticket, "en", surveys.BEST)
    operations.note_handed_in(SYSTEM, room.training.id, "evaluation", [person.id for person in room.people[:2]])
    assert len(room.responses()) == 2
    assert [room.turns()[person.id] for person in room.people] == [True, True, False]


def test_the_figures_of_a_closed_form_do_not_follow_single_answers(app: Flask) -> None:
    room = surveys.asked(6)
    for number in range(5):
        room.answer(number)
    assert room.window().figures is None
    surveys.end(room.window())
    before = room.window().figures
    assert before is not None
    assert before["n"] == 5
    operations.open_evaluation(SYSTEM, room.training.id, "evaluation")
    room.answer(5, useful="4")
    surveys.end(room.window())
    assert room.window().figures == before


def test_days_are_not_told_apart(app: Flask) -> None:
    room = surveys.asked(2)
    room.answer(0)
    room.answer(1)
    months = [row.month for row in room.responses()]
    assert all(first == second for first, second in pairwise(months))
    assert months[0] <= date.today()
