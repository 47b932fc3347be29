"""The last resort without network: codes that a person shows and the trainer enters."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.access.actor import SYSTEM, Actor
from app.access.roles import Role
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.refusal import Refused
from app.platform.web.throttle import spend
from app.quizzes import operations, queries
from app.quizzes.frozen import answer_from, graded_question
from app.quizzes.models import Answer, Attempt, LateAnswer
from app.quizzes.rules import points
from app.quizzes.rules.last_codes import ALPHABET, LENGTH, code_of, codes_in
from app.quizzes.shown import shown
from app.quizzes.views.last_codes import MOST_TRIES, WINDOW
from tests.browse import Browse
from tests.make import accounts, quizzes

MANY = """
::many:: [plain] Which two? { ~%50%One ~%50%Two ~%-100%Three }

::truth:: [plain] Is it so? {TRUE}

::pairs:: [plain] What belongs together? { =red -> stop =green -> go =blue -> wait }

::word:: [plain] Which colour? { =green }

// [tag:ordering]
::order:: [plain] What comes first? { =look =cut =sew }

::why:: [plain] Why? {}
"""


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    return quizzes.room()


def begun(room: quizzes.Room) -> Attempt:
    return operations.start(room.actor)


def codes(room: quizzes.Room, attempt: Attempt, number: int = 1) -> list[str]:
    """Of the options of a question as the page shows them now, in the order of the bank."""
    sitting = queries.sitting(room.actor, attempt.id)
    found = queries.codes_of(sitting, shown(queries.asked(sitting, number), sitting.seed, ()))
    return [found[name] for name in quizzes.names(attempt, room.questions[number - 1], len(found))]


def code_of_question(room: quizzes.Room, attempt: Attempt, number: int) -> str:
    """The only code that the page of a question without options shows."""
    sitting = queries.sitting(room.actor, attempt.id)
    [code] = queries.codes_of(sitting, shown(queries.asked(sitting, number), sitting.seed, ())).values()
    return code


def enter_words(room: quizzes.Room, code: str, words: str) -> operations.Entered:
    return operations.enter_words(SYSTEM, room.training.id, room.unit_id, room.person.id, code, words)


def enter(room: quizzes.Room, text: str, actor: Actor = SYSTEM) -> list[operations.Entered]:
    return operations.enter_codes(actor, room.training.id, room.unit_id, room.person.id, text)


def stored() -> list[tuple[list[str], int]]:
    return [(row.choice, row.revision) for row in db.session.query(Answer).order_by(Answer.id)]


def address(room: quizzes.Room) -> str:
    return f"/sessions/{room.training.id}/quizzes/{room.unit_id}/codes"


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 50), st.text(min_size=1))
def test_a_code_is_six_signs_and_its_own(attempt: int, question: int, revision: int, option: str) -> None:
    code = code_of("secret", attempt, question, revision, option)
    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)
    others = [
        code_of("other", attempt, question, revision, option), code_of("secret", attempt + 1, question, revision, option),
        code_of("secret", attempt, question + 1, revision, option), code_of("secret", attempt, question, revision + 1, option),
        code_of("secret", attempt, question, revision, option + "x"),
    ]  # fmt: skip
    assert others.count(code) <= 1  # one in a thousand million meets by chance


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7kp2qx", ["7KP2QX"]), (" 7KP-2QX\n7KP2QX ", ["7KP2QX"]), ("OIL0OI", ["011001"]), ("٧KP٢QX, ABC123", ["7KP2QX", "ABC123"]),
        ("７ＫＰ２ＱＸ", ["7KP2QX"]), ("", []), ("--- ???", []), ("7KP2QX;ABC123/DEF456", ["7KP2QX", "ABC123", "DEF456"]),
    ],
)  # fmt: skip
def test_codes_are_read_as_people_write_them(typed: str, read: list[str]) -> None:
    assert codes_in(typed) == read


def test_a_code_saves_the_answer_it_stands_for_and_it_is_kept_who_entered_it(room: quizzes.Room) -> None:
    attempt = begun(room)
    trainer = Actor(account_id=accounts.account(Role.TRAINER, programme=room.training.programme).id, is_system=True)
    first, second = codes(room, attempt)[2], codes(room, attempt, 2)[0]
    assert [(each.number, each.is_late) for each in enter(room, f"{second} {first}", trainer)] == [(1, False), (2, False)]
    assert stored() == [(["2"], 1), (["0"], 1)]
    assert {row.account_id for row in db.session.query(Answer)} == {trainer.account_id}
    entries = db.session.query(AuditEntry).filter_by(action="quizzes.enter_code").all()
    assert [entry.subject for entry in entries] == [f"attempt:{attempt.id}"] * 2


def test_entering_it_again_or_after_the_phone_has_sent_it_changes_nothing(room: quizzes.Room) -> None:
    attempt = begun(room)
    [code, *_] = codes(room, attempt)
    name = quizzes.names(attempt, room.questions[0])[0]
    operations.answer(room.actor, attempt.id, room.questions[0].id, [name], 0)
    enter(room, code)
    enter(room, code)
    assert stored() == [(["0"], 1)]
    operations.answer(room.actor, attempt.id, room.questions[0].id, [name], 0)
    assert stored() == [(["0"], 1)]


def test_a_code_from_before_another_answer_is_refused(room: quizzes.Room) -> None:
    attempt = begun(room)
    [_, old, _] = codes(room, attempt)
    name = quizzes.names(attempt, room.questions[0])[0]
    operations.answer(room.actor, attempt.id, room.questions[0].id, [name], 0)
    with pytest.raises(Refused, match="another answer to question 1 after this code"):
        enter(room, old)
    assert stored() == [(["0"], 1)]
    enter(room, codes(room, attempt)[1])
    assert stored() == [(["1"], 2)]


def test_wrong_codes_save_nothing_at_all(room: quizzes.Room) -> None:
    attempt = begun(room)
    other = room.another()
    foreign = operations.start(quizzes.actor(other, room.training))
    sitting = queries.sitting(quizzes.actor(other, room.training), foreign.id)
    theirs = next(iter(queries.codes_of(sitting, shown(queries.asked(sitting, 1), sitting.seed, ())).values()))
    [good, second, _] = codes(room, attempt)
    for text, why in (
        (f"{good} {theirs}", f"the code {theirs}"), (f"{good} 000000", "the code 000000"), ("7", "the code 7"),
        (f"{good} {second}", "two answers to question 1"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=why):
            enter(room, text)
    assert stored() == []


def test_who_has_begun_nothing_has_no_codes(room: quizzes.Room) -> None:
    with pytest.raises(Refused, match="has not begun"):
        enter(room, "7KP2QX")


@pytest.mark.parametrize("after", ["time", "handing in"])
def test_a_code_that_comes_too_late_is_kept_apart(room: quizzes.Room, after: str) -> None:
    attempt = begun(room)
    [code, *_] = codes(room, attempt)
    if after == "time":
        room.end(minutes_ago=10)
    else:
        operations.submit(room.actor, attempt.id)
    assert [each.is_late for each in enter(room, code)] == [True]
    assert stored() == []
    assert [row.choice for row in db.session.query(LateAnswer)] == [["0"]]


def test_every_kind_that_is_chosen_has_codes_and_every_other_one_of_the_question(app: Flask) -> None:
    room = quizzes.room(source=MANY)
    attempt = begun(room)
    of = [codes(room, attempt, number) for number in (1, 2)]
    assert [len(each) for each in of] == [3, 2]
    assert [len(code_of_question(room, attempt, number)) for number in (3, 4, 5)] == [LENGTH] * 3
    enter(room, f"{of[0][0]} {of[0][1]} {of[1][1]}")
    assert stored() == [(["0", "1"], 1), (["1"], 1)]


def test_the_page_shows_codes_of_one_length_that_change_with_every_attempt(browse: Browse, room: quizzes.Room) -> None:
    pages = []
    for person in (room.person, room.another(language="en")):
        phone = browse.as_person(person.id, room.training.id)
        pages.append(phone.get(phone.post("/attempts").location).response.text)
    attempt = db.session.query(Attempt).filter_by(person_id=room.person.id).one()
    own = codes(room, attempt)
    assert {len(code) for code in own} == {6}
    assert [all(code in page for code in own) for page in pages] == [True, False]


def test_the_trainers_page(browse: Browse, room: quizzes.Room) -> None:
    attempt = begun(room)
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=room.training.programme))
    assert address(room) in trainer.get(address(room).removesuffix("/codes")).response.text
    assert trainer.get(address(room)).status == 200
    for data in ({}, {"person": room.person.id}, {"person": "x", "codes": "7KP2QX"}, {"person": 0, "codes": "7KP2QX"}):
        assert trainer.post(address(room), data).status == 422
    reply = trainer.post(address(room), {"person": room.person.id, "codes": "7KP2QX"})
    assert (reply.status, "No answer of this person has the code 7KP2QX." in reply.text) == (422, True)
    reply = trainer.post(address(room), {"person": room.person.id, "codes": codes(room, attempt)[1]})
    assert reply.location == f"{address(room)}?person={room.person.id}"
    assert "Question 1 is saved." in trainer.get(reply.location).text
    assert stored() == [(["1"], 1)]


def test_others_find_no_such_page(browse: Browse, room: quizzes.Room) -> None:
    attempt = begun(room)
    data = {"person": room.person.id, "codes": codes(room, attempt)[0]}
    for who in (
        browse.as_account(accounts.account(Role.FOCAL_POINT, factory=room.factory)),
        browse.as_account(accounts.account(Role.ADVISOR, programme=room.training.programme)),
        browse.as_person(room.person.id, room.training.id),
    ):
        assert who.get(address(room)).status == 404
        assert who.post(address(room), data).status == 404
    assert stored() == []


def test_codes_cannot_be_tried_without_end(browse: Browse, room: quizzes.Room) -> None:
    begun(room)
    account = accounts.account(Role.TRAINER, programme=room.training.programme)
    trainer = browse.as_account(account)
    for _ in range(MOST_TRIES - 1):
        spend(f"last-code:{account.id}", MOST_TRIES, WINDOW)
    data = {"person": room.person.id, "codes": "7KP2QX"}
    assert [trainer.post(address(room), data).status for _ in range(2)] == [422, 429]


def test_words_and_numbers_are_entered_with_the_code_of_their_question(app: Flask) -> None:
    room = quizzes.room(source=MANY)
    attempt = begun(room)
    sitting = queries.sitting(room.actor, attempt.id)
    pairs, order = (shown(queries.asked(sitting, number), attempt.seed, ["en"]) for number in (3, 5))
    rights = [[right.text for right in left.rights].index(word) + 1 for left, word in zip(pairs.lefts, ("stop", "go", "wait"), strict=True)]
    places = [{"look": 1, "cut": 2, "sew": 3}[thing.text] for thing in order.things]
    for number, words in ((3, " ".join(map(str, rights))), (4, "green"), (5, "".join(map(str, places))), (6, "Because.\nSo.")):
        entered = enter_words(room, code_of_question(room, attempt, number).lower(), words)
        assert (entered.number, entered.is_late) == (number, False)
    operations.submit(room.actor, attempt.id)
    rows = {row.question_id: row.choice for row in db.session.query(Answer)}
    assert (rows[room.questions[3].id], rows[room.questions[5].id]) == (["green"], ["Because.\nSo."])
    keys = queries.keys_of([each.id for each in room.questions])
    for place in (2, 3, 4):
        question = graded_question(keys[room.questions[place].id])
        assert points(question, answer_from(question, rows[room.questions[place].id])) == 1


def test_words_from_before_another_answer_stay_out(app: Flask) -> None:
    room = quizzes.room(source=MANY)
    attempt = begun(room)
    code = code_of_question(room, attempt, 4)
    operations.answer(room.actor, attempt.id, room.questions[3].id, ["blue"], 0)
    assert enter_words(room, code, "blue").number == 4, "it is saved already"
    with pytest.raises(Refused, match="another answer to question 4"):
        enter_words(room, code, "green")
    assert stored() == [(["blue"], 1)]


@pytest.mark.parametrize(
    ("number", "words", "why"),
    [
        (3, "1 2", "no answer to question 3"), (3, "1 2 9", "no answer"), (3, "one two three", "no answer"), (3, "0 0 0", "no answer"),
        (5, "1 2", "no answer"), (4, "x" * 10_001, "no answer"),
    ],
)  # fmt: skip
def test_words_that_are_no_answer_are_refused(app: Flask, number: int, words: str, why: str) -> None:
    room = quizzes.room(source=MANY)
    attempt = begun(room)
    with pytest.raises(Refused, match=why):
        enter_words(room, code_of_question(room, attempt, number), words)
    assert stored() == []


def test_each_code_belongs_into_its_own_form(app: Flask) -> None:
    room = quizzes.room(source=MANY)
    attempt = begun(room)
    with pytest.raises(Refused, match="needs the words or numbers"):
        enter(room, code_of_question(room, attempt, 4))
    with pytest.raises(Refused, match="says the whole answer to question 1"):
        enter_words(room, codes(room, attempt)[0], "green")
    for wrong in ("", "7KP2QX 7KP2QY", "7KP2QX"):
        with pytest.raises(Refused):
            enter_words(room, wrong, "green")
    assert stored() == []


def test_words_that_come_too_late_are_kept_apart(app: Flask) -> None:
    room = quizzes.room(source=MANY)
    attempt = begun(room)
    code = code_of_question(room, attempt, 4)
    operations.submit(room.actor, attempt.id)
    assert enter_words(room, code, "green").is_late
    assert [row.choice for row in db.session.query(LateAnswer)] == [["green"]]


def test_the_trainer_enters_words_on_the_page(browse: Browse, app: Flask) -> None:
    room = quizzes.room(source=MANY)
    attempt = begun(room)
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=room.training.programme))
    page = trainer.get(address(room))
    assert "Too long to type?" in page.text
    for data in ({}, {"whose": room.person.id, "code": "7KP2QX"}, {"whose": "x", "code": "7KP2QX", "words": "green"}):
        assert trainer.post(f"{address(room)}/words", data).status == 422
    data = {"whose": room.person.id, "code": code_of_question(room, attempt, 4), "words": "green"}
    reply = trainer.post(f"{address(room)}/words", data | {"code": "7KP2QX"})
    assert (reply.status, "No answer of this person has the code 7KP2QX." in reply.text, "green" in reply.text) == (422, True, True)
    reply = trainer.post(f"{address(room)}/words", data)
    assert "Question 4 is saved." in trainer.get(reply.location).text
    assert stored() == [(["green"], 1)]
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=room.training.programme))
    assert advisor.post(f"{address(room)}/words", data).status == 404
