"""Pictures with numbered areas, orders and watched tasks, on the wall and on paper."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.courses.models import Unit, VersionFile
from app.courses.operations import keep
from app.platform.db import db
from app.quizzes import operations as quiz_verbs
from app.quizzes.aloud import operations
from app.quizzes.aloud.operations import Note
from app.quizzes.booklets.lettering import posted, said
from app.quizzes.booklets.models import Booklet
from app.quizzes.booklets.queries import lettered, question_in
from app.quizzes.booklets.rules import LATIN
from app.quizzes.models import Answer, Attempt
from app.quizzes.rules import AttemptMode, AttemptState
from app.quizzes.sheets import operations as sheets
from app.quizzes.sheets import queries as papers
from app.quizzes.sheets.reading import read_typed
from app.quizzes.shown import Shown, Stored, choice_of, shown
from tests.browse import Browse
from tests.make import accounts, quizzes
from tests.make.statements import counted

NEWER = """
// [tag:hot-spot] [alt:A hall with three doors]
::where:: [plain] Where is the way out? {=1 left ~2 middle ~3 right}

// [tag:ordering]
::order:: [plain] What comes first? {=look =cut =sew}

// [tag:observed]
::task:: [plain] Put out the fire {~%50%Looks ~%50%Aims low}

::number:: [plain] How many exits? {#2}

::pairs:: [plain] Match them. { =dog -> bark =cat -> meow =cow -> moo }
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><path d="M0 0h40v30H0z"/></svg>'


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    made = quizzes.room(is_open=False, source=NEWER)
    quizzes.show_picture(made.questions[0], "hall.svg")
    db.session.add(VersionFile(version_id=made.training.version_id, path="media/hall.svg", blob_key=keep(SVG)))
    db.session.flush()
    return made


def trainer_of(browse: Browse, room: quizzes.Room) -> Browse:
    return browse.as_account(accounts.account(Role.TRAINER, programme=room.training.programme, language="en"))


def begun(room: quizzes.Room) -> Booklet:
    operations.read_out(SYSTEM, room.training.id, room.unit_id, [room.person.id])
    return db.session.query(Booklet).filter_by(mode=AttemptMode.ALOUD).one()


def asked(booklet: Booklet, number: int) -> Shown:
    return lettered(booklet, question_in(booklet, number), ["en"])


def in_order(booklet: Booklet, *texts: str) -> str:
    """The letters of things in this order."""
    things = [thing.text for thing in asked(booklet, 2).things]
    return " ".join(LATIN[things.index(text)] for text in texts)


def test_the_wall_shows_every_kind(browse: Browse, room: quizzes.Room) -> None:
    booklet, trainer = begun(room), trainer_of(browse, room)
    wall = f"/sessions/{room.training.id}/quizzes/{room.unit_id}/aloud"
    first = trainer.get(f"{wall}/1")
    pictures = [image.get("src") or "" for image in first.all("img")]
    assert len(pictures) == 4, "of the question and of each option"
    for address in pictures:
        reply = trainer.get(address)
        assert (reply.status, reply.response.data, "hall" in str(reply.response.headers)) == (200, SVG, False)
    words = ("1 left", "2 middle", "3 right")
    assert sorted(words, key=first.text.index) == [*words], "areas in their order"
    second = trainer.get(f"{wall}/2").text
    assert all(words in second for words in ("look", "cut", "sew", "Give the letters in the right order."))
    third = trainer.get(f"{wall}/3").text
    assert "Aims low" in third and "Your trainer watches you" in third
    assert "The answer is a number." in trainer.get(f"{wall}/4").text
    assert "Give a letter for each line." in trainer.get(f"{wall}/5").text
    assert trainer.get(f"{wall}/2/pictures/en").status == 404
    assert booklet.ended_at is None
    factory = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=room.factory))
    assert factory.get(pictures[0]).status == 404


def test_an_order_is_noted_as_letters_and_a_watched_task_is_not_asked(browse: Browse, room: quizzes.Room) -> None:
    booklet, trainer = begun(room), trainer_of(browse, room)
    grid = f"/sessions/{room.training.id}/quizzes/{room.unit_id}/aloud"
    page = trainer.get(f"{grid}/2/answers")
    assert "Note the letters in the order that is shown" in page.text
    person = room.person.id
    sent = {f"seen-{person}": "0", f"was-{person}": "", f"said-{person}": in_order(booklet, "look", "cut", "sew")}
    assert trainer.post(f"{grid}/2/answers", sent).status == 303
    assert "nothing to answer" in trainer.get(f"{grid}/3/answers").text
    assert "Only to read" in trainer.get(grid).text
    for number, words in ((1, "A"), (4, "2")):
        operations.note_shown(SYSTEM, room.training.id, room.unit_id, number, {person: Note(words, 0)})
    quiz_verbs.note_observed(SYSTEM, room.training.id, person, room.questions[2].id, [0, 1], 0)
    assert "1 answer" not in trainer.get(f"{grid}/ending").text
    operations.hand_in_all(SYSTEM, room.training.id, room.unit_id)
    attempt = db.session.query(Attempt).filter_by(person_id=person).one()
    assert (attempt.state, attempt.score) == (AttemptState.GRADED, 4)


def test_a_paper_carries_the_pictures_and_an_order_is_typed_as_letters(room: quizzes.Room) -> None:
    sheets.make_forms(SYSTEM, room.training.id, room.unit_id)
    made = db.session.query(Booklet).filter_by(mode=AttemptMode.PAPER).one()
    unit = db.session.get_one(Unit, room.unit_id)
    with counted() as statements:
        [paper] = papers.blank(room.training, unit, 0, "en", "https://x.example/").papers
    assert len(statements) < 8
    assert [drawing.data for drawing in paper.pictures[1].values()] == [SVG] * 4
    assert not any(paper.pictures[number] for number in (2, 3, 4, 5))
    every = papers.asked_in(made, "en")
    typed = read_typed(every, made.seed, "A", {room.questions[1].id: in_order(made, "look", "cut", "sew"), room.questions[3].id: "2"})
    assert typed.is_clear, "the line has one place: that of the picture"
    assert typed.choices[str(room.questions[0].id)] == ["0"]
    for number in range(2):
        sheets.enter(SYSTEM, room.training.id, room.unit_id, room.person.id, 0, typed.choices, f"{number:032x}")
    saved = {answer.question_id: answer.choice for answer in db.session.query(Answer)}
    assert saved[room.questions[1].id] == typed.choices[str(room.questions[1].id)]


def order(count: int, choice: list[str] | None = None) -> Stored:
    items = [{"text": f"thing {number}", "format": "plain"} for number in range(count)]
    return Stored(1, 1, "q", "ordering", {"en": {"text": "Order", "format": "plain", "items": items}}, choice, 1)


@given(st.integers(2, 8).flatmap(lambda count: st.tuples(st.permutations(range(count)), st.integers(0, count))), st.integers(0, 2**20))
def test_letters_of_an_order_say_what_is_saved(given_order: tuple[list[int], int], seed: int) -> None:
    places, most = given_order
    word = "".join(LATIN[place] for place in places[:most])
    question = order(len(places))
    names = posted(shown(question, seed, ["en"]), word)
    assert names is not None
    choice = choice_of(question, seed, names)
    assert said(shown(order(len(places), choice), seed, ["en"])) == word


@pytest.mark.parametrize("words", ["AA", "ABCD", "D", "1", "A1", "AB-C"])
def test_what_is_no_order_is_not_read(words: str) -> None:
    assert posted(shown(order(3), 7, ["en"]), words) is None


def test_a_place_can_stay_free() -> None:
    question = order(3)
    names = posted(shown(question, 7, ["en"]), "C - A")
    assert names is not None
    assert said(shown(order(3, choice_of(question, 7, names)), 7, ["en"])) == "C-A"
    assert posted(shown(question, 7, ["en"]), "-") == []
