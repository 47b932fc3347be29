"""Every kind of question, from the words of a bank to points and their explanation."""

from decimal import Decimal
from fractions import Fraction

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.quizzes import operations
from app.quizzes.explained import explained
from app.quizzes.frozen import answer_from, key_of, question_from, stirred, texts_of
from app.quizzes.gift import Choice, Ordering, Question, parse, question_as_json, to_gift
from app.quizzes.gift.tagged import areas_of
from app.quizzes.interchange import FORMATS
from app.quizzes.models import Answer, Attempt, ManualGrade
from app.quizzes.queries import sitting
from app.quizzes.rules import AttemptState, Placed, is_counted, needs_a_person, points
from app.quizzes.shown import Shown, Stored, choice_of, shown
from tests.browse import Browse, Reply
from tests.make import factories, quizzes, sessions

ORDER = "// [tag:ordering] [tag:fire] [alt:A line with smoke]\n::o:: In which order? {\n=Stop the machine\n=Call \\-> help\n=%100%50% Leave\n####Stop first.}"
TASK = "// [tag:observed]\n::t:: Put out the fire {\n~%50%Looks for the way out#It could be blocked.\n~%25%Aims low\n~%25%Calls\n}"
AREAS = "// [tag:hot-spot] [alt:A hall]\n::h:: Where is danger? {\n=2 - the stairs\n~%50%៣ - the boxes\n~1 - the door\n}"


def one(gift: str) -> Question:
    bank = parse(gift)
    assert not bank.errors + bank.warnings
    (question,) = bank.questions
    return question


def stored(question: Question, choice: list[str] | None = None) -> Stored:
    texts = texts_of({"en": question}, areas=areas_of(question))
    return Stored(7, 1, question.title or "", question.type, texts, choice, 0)


def seen(question: Question, seed: int = 5, choice: list[str] | None = None) -> Shown:
    return shown(stored(question, choice), seed, ["en"])


def test_tags_say_the_kinds_that_gift_has_no_word_for() -> None:
    order, task, areas = one(ORDER), one(TASK), one(AREAS)
    assert isinstance(order, Ordering)
    assert [each.text for each in order.items] == ["Stop the machine", "Call \\-> help", "50% Leave"]
    assert (order.tags, order.alt) == (("fire",), "A line with smoke")
    assert question_as_json(order)["alt"] == "A line with smoke"
    assert isinstance(task, Choice)
    assert (task.type, task.tags, len(task.options)) == ("observed", (), 3)
    assert (areas.type, areas.tags, areas_of(areas)) == ("single", ("hot-spot",), (2, 3, 1))
    assert (is_counted(order), is_counted(task), needs_a_person(task)) == (True, False, True)


@pytest.mark.parametrize("gift", [ORDER, TASK, AREAS, ORDER.replace("[tag:fire]", "[tag:ordering]"), "// [alt:\\]a \\\\]\nX {T}"])
@pytest.mark.parametrize("name", ["gift", "moodle-xml", "qti21", "qti3"])
def test_they_come_back_from_every_format(gift: str, name: str) -> None:
    question = one(gift)
    data, lost = FORMATS[name].write([question])
    assert lost == ()
    bank = FORMATS[name].read(data)
    assert bank.questions == (question,)
    assert [fault.code for fault in (*bank.errors, *bank.warnings)] == []
    assert to_gift(bank.questions) == to_gift([question])


@pytest.mark.parametrize(
    ("gift", "codes"),
    [
        ("// [tag:ordering]\nA {=x}", ["ordering_too_few"]),
        ("// [tag:ordering]\nA {=x =%50%y}", ["ordering_unclear"]),
        ("// [tag:ordering]\nA {=x #why\n=y}", ["ordering_unclear"]),
        ("// [tag:ordering]\nA {=x ~y}", ["kind_unclear"]),
        ("// [tag:observed]\nA {=x =y}", ["kind_unclear"]),
    ],
)
def test_a_tag_that_does_not_fit_is_said_with_its_line(gift: str, codes: list[str]) -> None:
    bank = parse(gift)
    assert [(fault.line, fault.code) for fault in (*bank.errors, *bank.warnings)] == [(2, code) for code in codes]


def test_things_in_order_are_shown_in_an_order_that_tells_nothing() -> None:
    question = one(ORDER)
    assert isinstance(question, Ordering)
    orders = {tuple(thing.text for thing in seen(question, seed).things) for seed in range(60)}
    assert len(orders) == 6, "every order occurs"
    kept = [each["text"] for each in texts_of({"en": question})["en"]["items"]]
    assert kept == [question.items[number].text for number in stirred(question)]
    assert texts_of({"en": question})["en"].keys() == {"text", "format", "items"}


@pytest.mark.parametrize(("given", "share"), [((1, 2, 3), 1), ((1, 3, 2), Fraction(1, 3)), ((3, 1, 2), 0), ((1, None, None), Fraction(1, 3)), ((1, 1, 1), Fraction(1, 3))])
@pytest.mark.parametrize("seed", [1, 2, 99])
def test_places_lead_from_the_page_to_points_and_back(given: tuple[int | None, ...], share: Fraction, seed: int) -> None:
    question = one(ORDER)
    assert isinstance(question, Ordering)
    wanted = {each.text: place for each, place in zip(question.items, given, strict=True)}
    posted = [str(wanted[thing.text] or "") for thing in seen(question, seed).things]
    choice = choice_of(stored(question), seed, posted)
    assert choice is not None
    again = seen(question, seed, choice)
    assert [thing.place for thing in again.things] == [wanted[thing.text] for thing in again.things]
    frozen = question_from(key_of({"en": question}), "en")
    answer = answer_from(frozen, choice)
    assert answer == Placed(tuple(None if place is None else place - 1 for place in given))
    assert points(frozen, answer) == share


@pytest.mark.parametrize("posted", [["1"], ["1", "2", "4"], ["1", "2", "x"], ["0", "1", "2"], ["1", "2", "3", "3"]])
def test_places_that_do_not_exist_are_no_answer(posted: list[str]) -> None:
    assert choice_of(stored(one(ORDER)), 5, posted) is None


def test_nothing_placed_is_no_answer_yet() -> None:
    assert choice_of(stored(one(ORDER)), 5, ["", "", ""]) == choice_of(stored(one(ORDER)), 5, []) == []
    assert answer_from(one(ORDER), []) is None


def test_areas_stand_in_the_order_of_their_numbers_in_every_attempt() -> None:
    for seed in range(10):
        assert [option.text[0] for option in seen(one(AREAS), seed).options] == ["1", "2", "៣"]


def test_criteria_are_shown_without_what_was_ticked_and_take_no_answer() -> None:
    page = seen(one(TASK), choice=["0"])
    assert [option.text for option in page.criteria] == ["Looks for the way out", "Aims low", "Calls"]
    assert page.options == ()
    assert not any(option.is_chosen for option in page.criteria)
    assert choice_of(stored(one(TASK)), 5, [page.criteria[0].name]) is None
    assert choice_of(stored(one(TASK)), 5, []) == []


def test_a_missing_word_is_asked_for_inside_the_text() -> None:
    typed, chosen, several = one("::g:: Take {=two} exits."), one("::c:: Water is {=wet ~dry}."), one("::m:: {~%50%a ~%50%b ~c} x")
    assert (seen(typed).gap, seen(chosen).gap, seen(several).gap) == (True, True, False)
    assert not seen(one("::s:: Take ____ exits. {=two}")).gap
    name = seen(chosen).options[0].name
    assert choice_of(stored(chosen), 5, [""]) == []
    assert choice_of(stored(chosen), 5, [name]) is not None


SHORT = {"en": "::w:: Word? {=line =%50%row}", "ar": "::w:: كلمة؟ {=خط =صف}"}
ALL = {
    "order": ORDER, "task": TASK, "areas": AREAS, "typed": "::g:: Take {=qzqtwo} exits.", "chosen": "::c:: Water is {=wet ~dry}.",
    "number": "::n:: How many? {#845361:2}", "essay": "::e:: Your plan {}", "judged": "::j:: Late? {=Ask ~%50%Wait ~Shout}",
    "several": "::s:: Which? {~%50%a ~%50%b ~%-50%c}", "truth": "::f:: So? {T}", "pairs": "::p:: Match {=a -> 1\n=b -> 2}",
    "text": "Only text.",
}  # fmt: skip


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    return quizzes.room(source="\n\n".join(ALL.values()))


def begun(browse: Browse, room: quizzes.Room) -> tuple[Browse, Attempt]:
    phone = browse.as_person(room.person.id, room.training.id)
    phone.post("/attempts")
    return phone, db.session.query(Attempt).filter_by(person_id=room.person.id).one()


def page_of(phone: Browse, attempt: Attempt, name: str) -> Reply:
    return phone.get(f"/attempts/{attempt.id}/questions/{list(ALL).index(name) + 1}")


def test_every_kind_has_a_page_that_works_without_script(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    pages = {name: page_of(phone, attempt, name) for name in ALL}
    controls = {
        name: [
            (each.tag, each.get("type")) for tag in ("input", "select", "textarea") for each in page.all(tag) if each.get("name") == "choice"
        ]
        for name, page in pages.items()
    }  # fmt: skip
    assert controls == {
        "order": [("select", None)] * 3, "task": [], "areas": [("input", "radio")] * 3, "typed": [("input", None)],
        "chosen": [("select", None)], "number": [("input", None)], "essay": [("textarea", None)], "judged": [("input", "radio")] * 3,
        "several": [("input", "checkbox")] * 3, "truth": [("input", "radio")] * 2, "pairs": [("select", None)] * 2, "text": [],
    }  # fmt: skip
    assert "A person reads this answer." in pages["essay"].text
    assert "Your trainer watches you do this" in pages["task"].text
    assert "1 comes first" in pages["order"].text
    assert [each.get("aria-label") for each in pages["typed"].all("input") if each.get("name") == "choice"] == ["Take … exits."]


def test_the_words_of_the_key_are_in_no_page(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    for name in ALL:
        text = page_of(phone, attempt, name).response.text
        assert not any(secret in text for secret in ("Stop first.", "It could be blocked.", "qzqtwo", "845361"))


def send(phone: Browse, room: quizzes.Room, attempt: Attempt, name: str, *choice: str) -> Reply:
    question = room.questions[list(ALL).index(name)]
    return phone.post(f"/attempts/{attempt.id}/answers/{question.id}", {"choice": list(choice), "revision": "0", "language": "en"})


def test_a_result_waits_for_a_person_and_says_so(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    assert "Your trainer ticks this" in phone.get(f"/attempts/{attempt.id}/review").text
    assert send(phone, room, attempt, "task").status == 200, "going on past a task is no fault"
    assert send(phone, room, attempt, "essay", "I talk with the line.").status == 200
    phone.post(f"/attempts/{attempt.id}/submission")
    assert attempt.state is AttemptState.SUBMITTED
    page = phone.get(f"/attempts/{attempt.id}")
    assert "A person reads or ticks some of your answers" in page.text
    assert "points" not in page.text
    task, essay = (room.questions[list(ALL).index(name)].id for name in ("task", "essay"))
    operations.note_observed(SYSTEM, room.training.id, room.person.id, task, [0, 2], 0)
    assert attempt.state is AttemptState.SUBMITTED, "the essay is not read yet"
    given = ManualGrade(attempt_id=attempt.id, question_id=essay, share=Decimal("0.5"), comment="Say who helps.", account_id=None, at=attempt.submitted_at)
    db.session.add(given)
    db.session.flush()
    operations.grade_submitted(attempt.id)
    assert (attempt.state, attempt.score, attempt.max_score) == (AttemptState.GRADED, 0.75 + 0.5, 11)
    room.end(minutes_ago=10)
    told = phone.get(f"/attempts/{attempt.id}").text
    assert "Say who helps." in told
    assert "What was seenLooks for the way out, Calls" in told
    assert "Partly right: 75%" in told


def test_a_judgement_is_explained_in_words(browse: Browse, room: quizzes.Room) -> None:
    _, attempt = begun(browse, room)
    judged, ordered = (room.questions[list(ALL).index(name)] for name in ("judged", "order"))
    for number, worth in enumerate(("best", "weak", "harmful")):
        db.session.query(Answer).delete()
        choices = {judged.id: [str(number)], ordered.id: ["0", "1", ""]}
        db.session.add_all(Answer(attempt_id=attempt.id, question_id=key, choice=value, revision=1, saved_at=attempt.started_at) for key, value in choices.items())
        db.session.flush()
        by_number = {each.number: each for each in explained(sitting(room.actor, attempt.id), ["en"])}
        assert by_number[list(ALL).index("judged") + 1].worth == worth
        order = by_number[list(ALL).index("order") + 1]
        assert order.right == ("1. Stop the machine", "2. Call \\-> help", "3. 50% Leave")
        assert (len(order.given), order.given[2][0], order.worth) == (3, "–", "")


def test_ticks_are_kept_with_who_ticked_and_cannot_be_taken_back_by_the_person(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    task = room.questions[1]
    noted = operations.note_observed(SYSTEM, room.training.id, room.person.id, task.id, [1], 0)
    assert (noted.choice, noted.revision) == (["1"], 1)
    assert send(phone, room, attempt, "task").status == 200
    assert send(phone, room, attempt, "task", "anything").status == 409
    assert db.session.query(Answer).filter_by(question_id=task.id).one().choice == ["1"]
    with pytest.raises(Refused, match="something else meanwhile"):
        operations.note_observed(SYSTEM, room.training.id, room.person.id, task.id, [0], 0)
    assert operations.note_observed(SYSTEM, room.training.id, room.person.id, task.id, [1], 0).revision == 1, "the same again is no fault"
    assert operations.note_observed(SYSTEM, room.training.id, room.person.id, task.id, [], 1).choice == []


def test_who_and_what_is_not_watched(room: quizzes.Room) -> None:
    task, other = room.questions[1], room.questions[0]
    stranger = factories.person(room.factory)
    with pytest.raises(NotFound):
        operations.note_observed(SYSTEM, room.training.id, stranger.id, task.id, [], 0)
    with pytest.raises(NotFound):
        operations.note_observed(room.actor, room.training.id, room.person.id, task.id, [], 0)
    with pytest.raises(Refused, match="no task that a trainer watches"):
        operations.note_observed(SYSTEM, room.training.id, room.person.id, other.id, [], 0)
    with pytest.raises(Refused, match="does not belong"):
        operations.note_observed(SYSTEM, room.training.id, room.person.id, task.id, [3], 0)


def test_a_quiz_of_nothing_but_tasks_is_handed_in_by_the_last_of_them(app: Flask) -> None:
    second = TASK.replace("::t::", "::t2::")
    room = quizzes.room(source=f"{TASK}\n\n{second}", is_open=False)
    walk_in = factories.person(room.factory)
    sessions.seat(room.training, room.factory, walk_in)
    first, last = room.questions
    operations.note_observed(SYSTEM, room.training.id, walk_in.id, first.id, [0], 0)
    attempt = db.session.query(Attempt).filter_by(person_id=walk_in.id).one()
    assert attempt.state is AttemptState.NOT_STARTED
    operations.note_observed(SYSTEM, room.training.id, walk_in.id, last.id, [], 0)
    db.session.refresh(attempt)
    assert (attempt.state, attempt.score, attempt.max_score) == (AttemptState.GRADED, 0.5, 2)
    with pytest.raises(Refused, match="cannot be changed"):
        operations.note_observed(SYSTEM, room.training.id, walk_in.id, last.id, [0], 1)
