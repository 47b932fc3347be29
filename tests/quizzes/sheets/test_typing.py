"""Papers are typed twice; what agrees is handed in, what differs is decided."""

from datetime import timedelta
from decimal import Decimal
from secrets import token_hex

import pytest
from flask import Flask

from app.access.actor import SYSTEM, Actor
from app.access.roles import Role
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import Refused
from app.quizzes import operations as quiz_verbs
from app.quizzes import retention as answers
from app.quizzes.booklets.models import Booklet
from app.quizzes.booklets.queries import printed
from app.quizzes.models import Answer, Attempt, PaperScore
from app.quizzes.rules import AttemptMode, AttemptState
from app.quizzes.sheets import operations, queries, retention
from app.quizzes.sheets.models import PaperEntry
from app.quizzes.sheets.reading import Typed, read_typed
from app.quizzes.sheets.rules import code_read, differing
from app.sessions.models import Seat
from tests.browse import Browse
from tests.make import accounts, factories, quizzes
from tests.make.statements import counted
from tests.quizzes.aloud.test_reading import MIXED


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    made = quizzes.room(is_open=False)
    operations.make_forms(SYSTEM, made.training.id, made.unit_id)
    return made


def trainer_of(browse: Browse, room: quizzes.Room) -> Browse:
    return browse.as_account(accounts.account(Role.TRAINER, programme=room.training.programme, language="en"))


def address(room: quizzes.Room) -> str:
    return f"/sessions/{room.training.id}/quizzes/{room.unit_id}/sheets"


def booklet(room: quizzes.Room) -> Booklet:
    return printed(room.training.id, room.unit_id)[0]


def read(room: quizzes.Room, line: str = "", fields: dict[int, str] | None = None) -> Typed:
    made = booklet(room)
    return read_typed(queries.asked_in(made, "en"), made.seed, line, fields or {})


def type_in(room: quizzes.Room, line: str, person_id: int | None = None, actor: Actor = SYSTEM, record: str = "") -> operations.Entered:
    return operations.enter(actor, room.training.id, room.unit_id, person_id or room.person.id, 0, read(room, line).choices, record or token_hex(16))


def right(room: quizzes.Room) -> str:
    """The line of letters that is right."""
    made = booklet(room)
    signs = []
    for question in room.questions:
        attempt = Attempt(seed=made.seed)
        signs.append("ABC"[made.letters[str(question.id)].index(quizzes.names(attempt, question)[0])])
    return " ".join(signs)


def test_two_that_agree_are_handed_in_and_graded(room: quizzes.Room) -> None:
    first, second = (accounts.account(Role.TRAINER, programme=room.training.programme) for _ in range(2))
    assert type_in(room, right(room), actor=accounts.actor(first)) == operations.Entered(1, None)
    assert db.session.query(Attempt).count() == 0
    entered = type_in(room, right(room).lower().replace(" ", ""), actor=accounts.actor(second))
    attempt = db.session.query(Attempt).one()
    assert entered == operations.Entered(2, attempt.id)
    assert (attempt.mode, attempt.state, attempt.score, attempt.max_score, attempt.passed) == (AttemptMode.PAPER, AttemptState.GRADED, 3, 3, True)
    assert attempt.deadline_at is not None, "its answers are let go of after their time"
    assert [(row.turn, row.account_id, row.attempt_id) for row in db.session.query(PaperEntry).order_by(PaperEntry.turn)] == [(1, first.id, attempt.id), (2, second.id, attempt.id)]
    assert {row.account_id for row in db.session.query(Answer)} == {second.id}
    assert db.session.query(AuditEntry).filter_by(action="quizzes.type_paper").count() == 2


def test_what_differs_waits_until_somebody_decides(room: quizzes.Room) -> None:
    good = right(room).split()
    bad = next(sign for sign in "ABC" if sign != good[1])
    assert type_in(room, " ".join(good)).attempt_id is None
    assert type_in(room, f"{good[0]} {bad} -") == operations.Entered(2, None)
    assert db.session.query(Attempt).count() == 0
    with pytest.raises(Refused, match="typed twice already"):
        type_in(room, " ".join(good))
    ids = booklet(room).question_ids
    entries = queries.waiting_entries(room.training.id, room.unit_id, room.person.id)
    assert differing(entries[0].choices, entries[1].choices, ids) == ids[1:]
    with pytest.raises(Refused, match="every question that differs"):
        operations.decide(SYSTEM, room.training.id, room.unit_id, room.person.id, {ids[1]: 1}, token_hex(16))
    decided = operations.decide(SYSTEM, room.training.id, room.unit_id, room.person.id, {ids[1]: 1, ids[2]: 2}, token_hex(16))
    attempt = db.session.query(Attempt).one()
    assert (decided.turn, decided.attempt_id, attempt.score, attempt.max_score) == (3, attempt.id, 2, 3)
    assert {row.question_id for row in db.session.query(Answer)} == {*ids[:2]}
    with pytest.raises(Refused, match="nothing to decide"):
        operations.decide(SYSTEM, room.training.id, room.unit_id, room.person.id, {ids[1]: 1}, token_hex(16))


def test_neither_is_no_answer(room: quizzes.Room) -> None:
    type_in(room, "A A A")
    type_in(room, "B A A")
    question = booklet(room).question_ids[0]
    operations.decide(SYSTEM, room.training.id, room.unit_id, room.person.id, {question: 0}, token_hex(16))
    assert question not in {row.question_id for row in db.session.query(Answer)}
    assert db.session.query(Answer).count() == 2


def test_sending_an_entry_twice_is_once(room: quizzes.Room) -> None:
    record = token_hex(16)
    assert type_in(room, "A B C", record=record) == type_in(room, "A B C", record=record) == operations.Entered(1, None)
    assert db.session.query(PaperEntry).count() == 1
    with pytest.raises(Refused):
        type_in(room, "A B C", record="x" * 32)


def test_what_was_typed_wrong_twice_is_typed_anew(room: quizzes.Room) -> None:
    type_in(room, "A A A")
    type_in(room, "B B B")
    operations.drop(SYSTEM, room.training.id, room.unit_id, room.person.id)
    assert type_in(room, right(room)) == operations.Entered(1, None)
    assert type_in(room, right(room)).attempt_id is not None
    assert db.session.query(PaperEntry).count() == 4, "what was left aside is kept"


def test_a_prepared_attempt_becomes_the_paper_and_a_running_one_hinders(room: quizzes.Room) -> None:
    busy = room.another()
    quiz_verbs.open_window(SYSTEM, room.training.id, room.unit_id, 30)
    quiz_verbs.start(quizzes.actor(busy, room.training))
    with pytest.raises(Refused, match="in another way now"):
        type_in(room, "A A A", busy.id)
    type_in(room, "A A A")
    type_in(room, "A A A")
    assert [row.mode for row in db.session.query(Attempt).filter_by(person_id=room.person.id)] == [AttemptMode.PAPER]


def test_attempts_run_out_on_paper_too(room: quizzes.Room) -> None:
    for _ in range(3):
        type_in(room, "A A A")
        type_in(room, "A A A")
    assert [row.number for row in db.session.query(Attempt).order_by(Attempt.number)] == [1, 2, 3]
    with pytest.raises(Refused, match="used all attempts"):
        type_in(room, "A A A")


def test_every_kind_is_typed(app: Flask) -> None:
    room = quizzes.room(is_open=False, source=MIXED)
    operations.make_forms(SYSTEM, room.training.id, room.unit_id)
    ids = {question.code: question.id for question in room.questions}
    typed = read(room, "a BC b", {ids["number"]: "១២", ids["pairs"]: "BAC"})
    assert typed.is_clear and {*typed.choices} == {str(ids[code]) for code in ("one", "many", "true", "number", "pairs")}
    assert typed.choices[str(ids["number"])] == ["១២"] and len(typed.choices[str(ids["many"])]) == 2
    assert read(room, "أ بج ب").choices == {key: value for key, value in typed.choices.items() if key not in {str(ids["number"]), str(ids["pairs"])}}
    assert read(room, "A B").is_line_odd
    assert read(room, "- - -").choices == {}
    assert list(read(room, "AB D A").unread) == [1, 2]
    assert list(read(room, "A B A", {ids["one"]: "B", ids["true"]: "A"}).clashing) == [1]
    assert list(read(room, "", {ids["pairs"]: "AB"}).unread) == [5]


def test_a_page_for_each_step(browse: Browse, room: quizzes.Room) -> None:
    trainer, here = trainer_of(browse, room), f"{address(room)}/people/{room.person.id}"
    papers = trainer.get(address(room))
    assert "Not typed yet" in papers.text
    assert [each.get("value") for each in papers.all("button") if each.get("name") == "language"] == ["en", "vi", "km", "ar"]
    page = trainer.get(here)
    assert "first time" in page.text
    record = next(field.get("value") for field in page.all("input") if field.get("name") == "record_id")
    reply = trainer.post(here, {"record_id": record, "form": "0", "line": "A B"})
    assert (reply.status, "one letter for each question" in reply.text) == (422, True)
    assert trainer.post(here, {"record_id": record, "form": "0", "line": "A B C"}).location == address(room)
    assert "Typed once" in trainer.get(address(room)).text
    page = trainer.get(here)
    assert "You typed this paper the first time." in page.text
    checked = [field.get("value") for field in page.all("input") if field.get("checked") is not None]
    assert {*checked} == {""}, "the second typing does not show the first"
    other = trainer_of(browse, room)
    page = other.get(here)
    assert "Somebody typed this paper before." in page.text
    record = next(field.get("value") for field in page.all("input") if field.get("name") == "record_id")
    ids = booklet(room).question_ids
    reply = other.post(here, {"record_id": record, "form": "0", "line": "", **{f"q-{each}": "A" for each in ids}})
    assert reply.location == here
    page = other.get(here)
    assert "The two typings differ" in page.text
    record = next(field.get("value") for field in page.all("input") if field.get("name") == "record_id")
    assert other.post(f"{here}/decision", {"record_id": record}).status == 422
    assert other.post(f"{here}/decision", {"record_id": record, f"turn-{ids[1]}": "1", f"turn-{ids[2]}": "2"}).location == address(room)
    assert "Handed in" in trainer.get(address(room)).text
    assert "typed twice, handed in and graded" in trainer.get(here).text
    assert "second time" not in trainer.get(f"{here}?again=1").text
    assert quizzes.SECRET not in page.response.text


def test_which_counts_is_said_where_a_total_was_noted_too(browse: Browse, room: quizzes.Room) -> None:
    db.session.add(PaperScore(record_id=token_hex(16), training_id=room.training.id, unit_id=room.unit_id, person_id=room.person.id, points=Decimal(2), of=3, marker="kit:1", counter=1, at=room.training.meetings[0].starts_at))
    db.session.flush()
    trainer = trainer_of(browse, room)
    assert "The best of all results counts." in trainer.get(f"{address(room)}/people/{room.person.id}").text
    assert "Total noted" in trainer.get(address(room)).text


def test_a_code_leads_to_the_paper(browse: Browse, room: quizzes.Room) -> None:
    trainer, made = trainer_of(browse, room), booklet(room)
    seat = db.session.query(Seat).filter_by(person_id=room.person.id).one().id
    here = f"{address(room)}/people/{room.person.id}?form=0"
    for text in (f"{made.code}-{seat}", f"{made.code.lower()} - {seat}"):
        assert trainer.get("/paper", query_string={"code": text}).location == here
    assert trainer.get(f"/paper/{made.code}").location == address(room)
    assert trainer.get("/paper").location == "/sessions"
    for text in ("?", "ZZZZZZ", f"{made.code}x-1", "9" * 40):
        assert trainer.get("/paper", query_string={"code": text}).status == 404
    elsewhere = browse.as_account(accounts.account(Role.TRAINER, programme=factories.programme("BD")))
    assert elsewhere.get(f"/paper/{made.code}-{seat}").status == 404
    assert code_read("ac34fg-7") == ("AC34FG", 7)


def test_printing(browse: Browse, room: quizzes.Room) -> None:
    trainer, second = trainer_of(browse, room), room.another()
    page = trainer.get(address(room))
    links = [link.get("href") for link in page.all("a") if "/forms/" in (link.get("href") or "") or "/answers/" in (link.get("href") or "")]
    assert {link.rpartition("=")[2] for link in links} == {"en", "km", "ar"} and len(links) == 6
    for link in (*links[:2], f"{address(room)}/people/{second.id}/paper?language=ar"):
        reply = trainer.get(link)
        assert (reply.status, reply.response.mimetype, reply.response.data[:5]) == (200, "application/pdf", b"%PDF-")
    for link in ("forms/2", "answers/2", "answers/0", "forms/0"):
        assert trainer.get(f"{address(room)}/{link}").status == 404


def test_before_the_forms_are_made_there_is_nothing_to_type(browse: Browse, app: Flask) -> None:
    room = quizzes.room(is_open=False)
    trainer, here = trainer_of(browse, room), f"{address(room)}/people/{room.person.id}"
    assert trainer.get(here).location == address(room)
    assert trainer.post(here, {"form": "0"}).location == address(room)
    assert "Make the test for printing" in trainer.get(address(room)).text
    assert trainer.post(address(room)).status == 303
    made = booklet(room).id
    assert trainer.post(address(room)).status == 303
    assert [each.id for each in printed(room.training.id, room.unit_id)] == [made]


def test_who_may_not_gets_404(browse: Browse, room: quizzes.Room) -> None:
    elsewhere = browse.as_account(accounts.account(Role.TRAINER, programme=factories.programme("BD")))
    factory = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=room.factory))
    here = f"{address(room)}/people/{room.person.id}"
    for who in (elsewhere, factory, browse.as_person(room.person.id, room.training.id)):
        for page in (address(room), here, f"{here}/paper", f"{address(room)}/forms/1", f"{address(room)}/answers/1"):
            assert who.get(page).status == 404
        for page in (address(room), here, f"{here}/decision", f"{here}/dropping"):
            assert who.post(page).status == 404
    stranger = factories.person(room.factory)
    trainer = trainer_of(browse, room)
    assert trainer.get(f"{address(room)}/people/{stranger.id}").status == 404
    assert trainer.post(f"{address(room)}/people/{stranger.id}", {"form": "0", "record_id": token_hex(16)}).status == 404


def test_the_list_takes_as_many_statements_for_many(browse: Browse, room: quizzes.Room) -> None:
    trainer = trainer_of(browse, room)

    def cost() -> int:
        db.session.commit()
        with counted() as statements:
            assert trainer.get(address(room)).status == 200
        return len(statements)

    few = cost()
    for _ in range(12):
        room.another()
    assert cost() == few <= 24


def test_answers_are_let_go_of_after_their_time(room: quizzes.Room) -> None:
    type_in(room, "A A A")
    type_in(room, "A A A")
    assert (db.session.scalars(retention.due()).all(), db.session.scalars(answers.due()).all()) == ([], [])
    long_ago = now() - timedelta(days=5000)
    db.session.query(PaperEntry).update({"at": long_ago})
    db.session.query(Attempt).update({"deadline_at": None, "submitted_at": long_ago})
    due = db.session.scalars(retention.due([room.training.programme_id])).all()
    assert len(due) == 2 and len(db.session.scalars(answers.due()).all()) == 3
    retention.forget(due)
    assert db.session.scalars(retention.due()).all() == []
    assert [row.turn for row in db.session.query(PaperEntry).order_by(PaperEntry.id)] == [1, 2]
