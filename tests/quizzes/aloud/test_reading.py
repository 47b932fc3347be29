"""Read by the trainer: everybody gets the same letters, the wall tells nothing, the grid is saved at once."""

import json
from datetime import timedelta

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.attendance.operations import mark
from app.attendance.rules import Mark
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import Refused
from app.quizzes import operations as quiz_verbs
from app.quizzes.aloud import operations
from app.quizzes.aloud.operations import Note
from app.quizzes.booklets.models import Booklet
from app.quizzes.models import Answer, Attempt, QuizWindow
from app.quizzes.rules import AttemptMode, AttemptState
from app.sessions.models import Seat
from app.sessions.rules import SeatState
from tests.browse import Browse
from tests.make import accounts, factories, quizzes
from tests.make.statements import counted

MIXED = """
::one:: [plain] What is one? { =right ~wrong ~%50%half }

::many:: [plain] Which are many? { ~%50%first ~%50%second ~%-100%third }

::true:: [plain] Is it so? {TRUE}

::number:: [plain] How many? {#12:1}

::pairs:: [plain] Match them. { =dog -> bark =cat -> meow =cow -> moo }

::text:: [plain] Only to read.
"""


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    return quizzes.room(is_open=False)


def trainer_of(browse: Browse, room: quizzes.Room) -> Browse:
    return browse.as_account(accounts.account(Role.TRAINER, programme=room.training.programme, language="en"))


def address(room: quizzes.Room) -> str:
    return f"/sessions/{room.training.id}/quizzes/{room.unit_id}/aloud"


def begin(room: quizzes.Room, *people: int) -> Booklet:
    operations.read_out(SYSTEM, room.training.id, room.unit_id, people or [room.person.id])
    return booklet()


def booklet() -> Booklet:
    return db.session.query(Booklet).filter_by(mode=AttemptMode.ALOUD, ended_at=None).one()


def right_letter(room: quizzes.Room, place: int = 0) -> str:
    """Under which letter the right option of a question stands."""
    made = booklet()
    question = room.questions[place]
    attempt = db.session.query(Attempt).filter_by(seed=made.seed).first()
    assert attempt is not None
    return "ABC"[made.letters[str(question.id)].index(quizzes.names(attempt, question)[0])]


def note(room: quizzes.Room, number: int, notes: dict[int, Note], **values: object) -> operations.Noted:
    return operations.note_shown(SYSTEM, room.training.id, room.unit_id, number, notes, **values)


def answers() -> dict[int, list[str]]:
    return {row.attempt_id: row.choice for row in db.session.query(Answer)}


def test_everybody_gets_the_same_questions_under_the_same_letters(room: quizzes.Room) -> None:
    second = room.another()
    made = begin(room, room.person.id, second.id)
    attempts = db.session.query(Attempt).all()
    assert {(each.seed, tuple(each.question_ids), each.mode, each.state, each.deadline_at) for each in attempts} == {
        (made.seed, tuple(made.question_ids), AttemptMode.ALOUD, AttemptState.IN_PROGRESS, None)
    }
    assert {each.person_id for each in attempts} == {room.person.id, second.id}
    assert {len(names) for names in made.letters.values()} == {3}


def test_prepared_attempts_are_taken_and_running_ones_are_left_alone(room: quizzes.Room) -> None:
    busy, prepared = room.another(), room.another()
    quiz_verbs.open_window(SYSTEM, room.training.id, room.unit_id, 30)
    own = quiz_verbs.start(quizzes.actor(busy, room.training))
    before = db.session.query(Attempt).count()
    began = operations.read_out(SYSTEM, room.training.id, room.unit_id, [room.person.id, busy.id, prepared.id])
    assert (began.people, dict(began.hindered)) == (2, {busy.id: "answering"})
    assert db.session.query(Attempt).count() == before
    db.session.refresh(own)
    assert (own.mode, own.seed) != (AttemptMode.ALOUD, booklet().seed)


def test_somebody_comes_later_and_nobody_takes_part_twice(room: quizzes.Room) -> None:
    second = room.another()
    made = begin(room)
    assert operations.read_out(SYSTEM, room.training.id, room.unit_id, [room.person.id, second.id]).people == 1
    assert db.session.query(Booklet).one().id == made.id
    with pytest.raises(Refused, match="None of these people"):
        operations.read_out(SYSTEM, room.training.id, room.unit_id, [room.person.id, second.id])
    stranger = factories.person(factories.factory(programme_id=room.training.programme_id))
    with pytest.raises(Refused):
        operations.read_out(SYSTEM, room.training.id, room.unit_id, [stranger.id])


def test_a_letter_is_the_option_that_the_wall_shows_under_it(room: quizzes.Room) -> None:
    begin(room)
    for number in (1, 2, 3):
        note(room, number, {room.person.id: Note(right_letter(room, number - 1), 0)})
    assert operations.hand_in_all(SYSTEM, room.training.id, room.unit_id) == 1
    attempt = db.session.query(Attempt).one()
    assert (attempt.state, attempt.score, attempt.max_score, attempt.passed) == (AttemptState.GRADED, 3, 3, True)
    assert (attempt.mode, attempt.deadline_at is not None) == (AttemptMode.ALOUD, True)
    assert db.session.query(QuizWindow).one().closes_at <= now(), "the results are found where those of others are"


def test_everybody_but_some(room: quizzes.Room) -> None:
    people = [room.person, *(room.another() for _ in range(4))]
    begin(room, *(each.id for each in people))
    first, second, *others = [each.id for each in people]
    noted = note(room, 1, {first: Note("B", 0)}, rest=[second, *others], rest_words="A")
    assert noted.saved == 5
    again = note(room, 1, {second: Note("C", 1)}, rest=[first, *others], rest_words="B")
    assert again.saved == 1, "the rest are those who have no answer"
    names = booklet().letters[str(room.questions[0].id)]
    of = {each.id: each.person_id for each in db.session.query(Attempt)}
    attempt = db.session.query(Attempt).first()
    shown = {of[row.attempt_id]: names.index(quizzes.names(attempt, room.questions[0])[int(row.choice[0])]) for row in db.session.query(Answer)}
    assert shown == {first: 1, second: 2, **dict.fromkeys(others, 0)}


def test_two_helpers_are_told_whom_the_other_changed(room: quizzes.Room) -> None:
    second = room.another()
    begin(room, room.person.id, second.id)
    assert note(room, 1, {room.person.id: Note("A", 0)}).saved == 1
    noted = note(room, 1, {room.person.id: Note("B", 0), second.id: Note("C", 0)})
    assert (noted.saved, [each.person_id for each in noted.changed]) == (1, [room.person.id])
    assert note(room, 1, {room.person.id: Note("A", 0)}).changed == [], "what is saved already is no quarrel"
    assert note(room, 1, {room.person.id: Note("", 1)}).saved == 1
    assert [row.choice for row in db.session.query(Answer).order_by(Answer.id)] == [[], answers()[db.session.query(Attempt).filter_by(person_id=second.id).one().id]]
    assert {row.revision for row in db.session.query(Answer)} == {2, 1}


def test_every_kind_of_question_is_noted(app: Flask) -> None:
    room = quizzes.room(is_open=False, source=MIXED)
    begin(room)
    person = room.person.id
    for number, words in enumerate(("A", "AB", "A", " 12 ", "B A C"), 1):
        assert note(room, number, {person: Note(words, 0)}).saved == 1, number
    for number, words in ((1, "D"), (1, "AB"), (3, "C"), (5, "A B"), (5, "A B D"), (1, "?!")):
        assert [each.person_id for each in note(room, number, {person: Note(words, 1)}).unread] == [person], words
    with pytest.raises(Refused):
        note(room, 7, {})
    stored = {row.question_id: row.choice for row in db.session.query(Answer)}
    codes = {question.code: stored.get(question.id) for question in room.questions}
    assert codes["number"] == ["12"] and codes["true"] == ["0"] and len(codes["pairs"]) == 3 and codes["text"] is None


def test_who_was_not_there_is_not_handed_in(room: quizzes.Room) -> None:
    gone, left = room.another(), room.another()
    begin(room, room.person.id, gone.id, left.id)
    note(room, 1, {room.person.id: Note("A", 0)})
    db.session.query(Seat).filter_by(person_id=left.id).update({"state": SeatState.WITHDRAWN})
    assert operations.hand_in_all(SYSTEM, room.training.id, room.unit_id, [gone.id]) == 1
    states = {each.person_id: each.state for each in db.session.query(Attempt)}
    assert states == {room.person.id: AttemptState.GRADED, gone.id: AttemptState.ABANDONED, left.id: AttemptState.ABANDONED}
    with pytest.raises(Refused, match="not read out any more"):
        note(room, 1, {room.person.id: Note("B", 1)})


def test_answers_that_were_handed_in_are_not_changed(room: quizzes.Room) -> None:
    second = room.another()
    begin(room, room.person.id, second.id)
    note(room, 1, {room.person.id: Note("A", 0)})
    attempt = db.session.query(Attempt).filter_by(person_id=room.person.id).one()
    quiz_verbs.submit(quizzes.actor(room.person, room.training), attempt.id)
    before = answers()
    noted = note(room, 1, {room.person.id: Note("B", 1)})
    assert (noted.saved, [each.person_id for each in noted.changed], answers()) == (0, [room.person.id], before)


def test_a_trainer_reads_notes_and_hands_in(browse: Browse, room: quizzes.Room) -> None:
    second = room.another(name="Second Person")
    trainer, here = trainer_of(browse, room), address(room)
    assert "Read it aloud" in trainer.get(f"/sessions/{room.training.id}/quizzes/{room.unit_id}").text
    assert "Nobody has called the roll yet" in trainer.get(here).text
    reply = trainer.post(here, {"person": [str(room.person.id), str(second.id)]})
    assert (reply.status, reply.location) == (303, here)
    assert "2 people take part." in trainer.get(here).text
    wall = trainer.get(f"{here}/1?first=km&second=ar")
    assert {span.get("lang") for span in wall.all("span") if span.get("class") == "wall-side"} == {"km", "ar"}
    assert "1 of 3" in wall.text
    grid = trainer.get(f"{here}/1/answers")
    assert "2 people have no answer yet." in grid.text
    sent = {f"seen-{room.person.id}": "0", f"was-{room.person.id}": "", f"said-{room.person.id}": "A", f"seen-{second.id}": "0", f"was-{second.id}": "", "rest": "B", "then": "next"}
    assert trainer.post(f"{here}/1/answers", sent).location == f"{here}/2/answers"
    assert "Saved for 2 people." in trainer.get(f"{here}/2/answers").text
    stale = sent | {f"said-{room.person.id}": "C", "rest": ""}
    reply = trainer.post(f"{here}/1/answers", stale)
    assert (reply.status, f"look={room.person.id}" in reply.location) == (303, True)
    assert "Somebody else changed these meanwhile" in trainer.get(reply.location).text
    assert "2 people lack answers." in trainer.get(f"{here}/ending").text
    assert trainer.post(f"{here}/submission").status == 303
    assert {each.state for each in db.session.query(Attempt)} == {AttemptState.GRADED}
    assert trainer.get(f"{here}/1/answers").location == here
    assert trainer.get(f"{here}/1").location == here


def test_the_present_are_ticked(browse: Browse, room: quizzes.Room) -> None:
    there, away = room.another(), room.another()
    meeting = room.training.meetings[0]
    meeting.starts_at, meeting.ends_at = now() - timedelta(hours=1), now() + timedelta(hours=1)
    mark(SYSTEM, meeting.id, there.id, Mark.PRESENT)
    mark(SYSTEM, meeting.id, away.id, Mark.ABSENT)
    page = trainer_of(browse, room).get(address(room))
    ticked = {box.get("value") for box in page.all("input") if box.get("name") == "person" and box.get("checked") is not None}
    assert ticked == {str(there.id)}


def test_a_search_shows_some_and_saves_only_them(browse: Browse, room: quizzes.Room) -> None:
    second = room.another(name="Zaw Zaw Oo")
    begin(room, room.person.id, second.id)
    page = trainer_of(browse, room).get(f"{address(room)}/1/answers?q=zaw")
    fields = {field.get("name") for field in page.all("input")}
    assert f"seen-{second.id}" in fields and f"seen-{room.person.id}" not in fields
    assert "2 people have no answer yet." in page.text


def test_nothing_that_is_shown_depends_on_what_is_right(browse: Browse, room: quizzes.Room) -> None:
    begin(room)
    trainer, here = trainer_of(browse, room), address(room)
    pages = [f"{here}", f"{here}/1", f"{here}/2?first=en&second=km", f"{here}/1/answers", f"{here}/ending"]
    for page in pages:
        assert quizzes.SECRET not in trainer.get(page).response.text, page
    before = {page: len(trainer.get(page).response.data) for page in pages}
    key = room.questions[0].key
    swapped = json.loads(json.dumps(key).replace('"100"', '"@"').replace('"0"', '"100"').replace('"@"', '"0"'))
    assert swapped != key
    room.questions[0].key = swapped
    db.session.flush()
    assert {page: len(trainer.get(page).response.data) for page in pages} == before


def test_who_may_not_open_the_quiz_gets_404(browse: Browse, room: quizzes.Room) -> None:
    begin(room)
    elsewhere = browse.as_account(accounts.account(Role.TRAINER, programme=factories.programme("BD")))
    factory = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=room.factory))
    person = browse.as_person(room.person.id, room.training.id)
    for who in (elsewhere, factory, person):
        for page in ("", "/1", "/1/answers", "/ending"):
            assert who.get(address(room) + page).status == 404
        for page in ("", "/1/answers", "/submission"):
            assert who.post(address(room) + page).status == 404
    trainer = trainer_of(browse, room)
    for page in ("/0", "/4", "/9/answers", "/1/sounds/en"):
        assert trainer.get(address(room) + page).status == 404


def test_the_grid_of_sixty_takes_as_many_statements_as_that_of_three(room: quizzes.Room, browse: Browse) -> None:
    trainer, here = trainer_of(browse, room), address(room)

    def cost(people: int) -> list[int]:
        ids = [room.person.id, *(factories.person(room.factory).id for _ in range(people - 1))]
        for person_id in ids[1:]:
            site = room.training.sites[0]
            db.session.add(Seat(training_id=room.training.id, factory_id=room.factory.id, person_id=person_id, site_id=site.id, modality="in_person", state=SeatState.BOOKED, requested_at=now()))
        db.session.flush()
        found = []
        sent = {"rest": "A"} | {f"seen-{each}": "0" for each in ids} | {f"was-{each}": "" for each in ids} | {f"said-{ids[-1]}": "B"}
        for work in (
            lambda: trainer.post(here, {"person": [str(each) for each in ids]}),
            lambda: trainer.get(f"{here}/1/answers"),
            lambda: trainer.post(f"{here}/1/answers", sent),
            lambda: trainer.get(here),
            lambda: trainer.get(f"{here}/ending"),
        ):
            db.session.commit()
            with counted() as statements:
                assert work().status in {200, 303}
            found.append(len(statements))
        operations.hand_in_all(SYSTEM, room.training.id, room.unit_id)
        return found

    few, many = cost(3), cost(60)
    assert few == many
    assert max(few) <= 24, few


def test_the_answers_are_not_shown_while_it_is_still_read(room: quizzes.Room, browse: Browse) -> None:
    """Somebody on a phone has finished and the phones are closed, but the room has not."""
    early = room.another(language="en")
    quiz_verbs.open_window(SYSTEM, room.training.id, room.unit_id, 30)
    own = quiz_verbs.start(quizzes.actor(early, room.training))
    quiz_verbs.submit(quizzes.actor(early, room.training), own.id)
    begin(room)
    room.window().closes_at = now() - timedelta(minutes=30)
    db.session.flush()
    phone = browse.as_person(early.id, room.training.id)
    assert quizzes.SECRET not in phone.get(f"/attempts/{own.id}").text
    operations.hand_in_all(SYSTEM, room.training.id, room.unit_id)
    assert quizzes.SECRET in phone.get(f"/attempts/{own.id}").text
