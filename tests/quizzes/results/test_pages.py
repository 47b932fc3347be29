"""The pages of results: who sees what, that it is right, that it stays small, and that nobody is named."""

import csv
import io
from secrets import token_hex

import pytest
from flask import Flask

from app.access.roles import Role
from app.courses.rules import QuizPhase
from app.factories.models import Person
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from app.platform.tables import Limits, read_tables
from app.quizzes import operations
from app.quizzes.models import Attempt, KeyChange, LateAnswer, ManualGrade, PaperScore
from app.quizzes.rules import Late
from tests.browse import Browse, Reply
from tests.make import accounts, factories, quizzes, results, sessions
from tests.make.statements import counted

RIGHT, WRONG, HALF = ["0"], ["1"], ["2"]


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    return quizzes.room(is_open=False)


def trainer_of(browse: Browse, room: quizzes.Room) -> Browse:
    return browse.as_account(accounts.account(Role.TRAINER, programme=room.training.programme))


def version_at(room: quizzes.Room) -> str:
    version = room.training.version
    return f"/courses/{version.course.code}/versions/{version.number}"


def analysis_at(room: quizzes.Room, query: str = "") -> str:
    return f"{version_at(room)}/quizzes/{room.unit_id}/analysis{query}"


def quiz_at(room: quizzes.Room) -> str:
    return f"/sessions/{room.training.id}/quizzes/{room.unit_id}"


def rows(reply: Reply, caption: str) -> list[list[str]]:
    """The rows of a table as words."""
    [table] = [each for each in reply.all("table") if "".join(each.find("caption").itertext()) == caption]
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in table.iter("tr")][1:]


QUESTIONS = "Questions by how easy they are and how well they tell people apart"


def test_figures_of_a_question_are_those_that_one_can_count(browse: Browse, room: quizzes.Room) -> None:
    """Eight people: five right in the first question, two wrong, one silent."""
    def choose(person: int, question: int) -> list[str] | None:
        if question == 0:
            return RIGHT if person < 5 else WRONG if person < 7 else None
        return RIGHT if person < 4 else HALF

    results.crowd(room.training, room.unit_id, room.questions, choose, results.people(8, room.factory))
    reply = trainer_of(browse, room).get(analysis_at(room))
    assert rows(reply, QUESTIONS)[0] == ["Question 1", "62%", "0.77", "30"]
    assert rows(reply, QUESTIONS)[1][:2] == ["Question 2", "75%"]
    assert "8 people were asked · 7 answered" in reply.text
    answers = rows(reply, "Answers to question 1")
    assert answers == [
        ["I do it well", "1", "5", "62%", "90%"], ["I do it badly", "0", "2", "25%", "50%"],
        ["I do half of it", "0.5", "0", "0%", "–"],
    ]
    spread = rows(reply, "People by their score")
    assert [row for row in spread if row[1] != "0"] == [["30% to 40%", "3"], ["60% to 70%", "1"], ["90% to 100%", "4"]]


def test_the_first_graded_attempt_of_each_person_counts(browse: Browse, room: quizzes.Room) -> None:
    who = results.people(6, room.factory)
    results.crowd(room.training, room.unit_id, room.questions, lambda _p, _q: WRONG, who)
    for person in who:
        results.attempt(room.training, room.unit_id, person, room.questions, [RIGHT] * 3, number=2)
    again = sessions.training(version=room.training.version)
    results.crowd(again, room.unit_id, room.questions, lambda _p, _q: RIGHT, who)
    trainer = trainer_of(browse, room)
    assert rows(trainer.get(analysis_at(room)), QUESTIONS)[0][1] == "0%"
    assert "6 people" in " ".join(trainer.get(analysis_at(room)).text.split())
    reply = trainer.get(analysis_at(room, f"?training={room.training.id}"))
    assert rows(reply, QUESTIONS)[0][1] == "0%"


def test_a_filter_looks_at_one_training_session_or_programme(browse: Browse, room: quizzes.Room) -> None:
    other = sessions.training(version=room.training.version)
    results.crowd(room.training, room.unit_id, room.questions, lambda _p, _q: RIGHT, results.people(6, room.factory))
    results.crowd(other, room.unit_id, room.questions, lambda _p, _q: WRONG, results.people(6, room.factory))
    other.state = room.training.state
    trainer = trainer_of(browse, room)
    seen = [rows(trainer.get(analysis_at(room, query)), QUESTIONS)[0][1] for query in
            ("", f"?training={room.training.id}", f"?training={other.id}", f"?programme={room.training.programme_id}", "?training=x")]
    assert seen == ["50%", "100%", "0%", "50%", "50%"]


def test_figures_hold_the_own_programmes_alone(browse: Browse, room: quizzes.Room) -> None:
    far = factories.programme("BD")
    elsewhere = sessions.training(version=room.training.version, programme=far)
    their_factory = factories.factory(programme_id=far.id)
    results.crowd(room.training, room.unit_id, room.questions, lambda _p, _q: RIGHT, results.people(5, room.factory))
    results.crowd(elsewhere, room.unit_id, room.questions, lambda _p, _q: WRONG, results.people(5, their_factory))
    elsewhere.state = room.training.state
    assert rows(trainer_of(browse, room).get(analysis_at(room)), QUESTIONS)[0][1] == "100%"
    asked = analysis_at(room, f"?training={elsewhere.id}")
    assert rows(trainer_of(browse, room).get(asked), QUESTIONS)[0][1] == "100%"
    administrator = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    assert rows(administrator.get(analysis_at(room)), QUESTIONS)[0][1] == "50%"
    assert rows(administrator.get(analysis_at(room, f"?programme={far.id}")), QUESTIONS)[0][1] == "0%"


def test_nobody_else_learns_what_is_right(browse: Browse, room: quizzes.Room) -> None:
    made = results.crowd(
        room.training, room.unit_id, room.questions, lambda _p, _q: RIGHT, results.people(6, room.factory), factory=room.factory
    )
    addresses = [analysis_at(room), f"{analysis_at(room)}.xlsx", f"{version_at(room)}/gain", f"{quiz_at(room)}/attempts/{made[0].id}"]
    others = [
        browse.as_account(accounts.account(Role.FOCAL_POINT, factory=room.factory)),
        browse.as_account(accounts.account(Role.ADVISOR, programme=room.training.programme)),
        browse.as_person(room.person.id, room.training.id),
    ]
    for who in others:
        assert [who.get(address).status for address in addresses] == [404] * 4
        assert who.post(addresses[-1]).status == 404
        assert who.post(f"{quiz_at(room)}/results.csv").status == 404
        assert "How the questions work" not in who.get(version_at(room)).text
    elsewhere = browse.as_account(accounts.account(Role.TRAINER, programme=factories.programme("BD")))
    assert elsewhere.get(addresses[-1]).status == 404
    assert elsewhere.post(addresses[-1]).status == 404
    assert "Too few to say" in elsewhere.get(addresses[0]).text
    lesson = room.training.version.units[0].id
    assert trainer_of(browse, room).get(f"{version_at(room)}/quizzes/{lesson}/analysis").status == 404


def test_groups_of_fewer_than_five_cannot_be_found(browse: Browse, room: quizzes.Room) -> None:
    """12 women, 4 men: neither is shown, as the other could be subtracted. Six in Khmer, six in English, four in Arabic."""
    who = results.people(16, room.factory, men=4)
    for number, person in enumerate(who):
        language = "ar" if number < 4 else "km" if number < 10 else "en"
        results.attempt(room.training, room.unit_id, person, room.questions, [RIGHT] * 3, language=language)
    reply = trainer_of(browse, room).get(analysis_at(room))
    assert "Women" not in reply.text and "Men 100%" not in reply.text
    text = reply.text[reply.text.index("Question 1 What"):]
    assert "العربية" not in text[: text.index("Question 2")]
    assert text.count("(6)") == 3  # of two groups of six the smaller name is hidden with the four


def test_groups_of_five_are_shown(browse: Browse, room: quizzes.Room) -> None:
    results.crowd(
        room.training, room.unit_id, room.questions, lambda person, _q: RIGHT if person < 5 else WRONG,
        results.people(11, room.factory, men=5), languages=("km", "en"),
    )
    text = trainer_of(browse, room).get(analysis_at(room)).text
    assert "Women 0% (6), Men 100% (5)" in text or "Men 100% (5), Women 0% (6)" in text
    assert "English 40% (5)" in text and "ខ្មែរ 50% (6)" in text


def test_what_is_to_mend_is_said(browse: Browse, room: quizzes.Room) -> None:
    """The first question works backwards; the translation of the second misleads; nobody chooses an option of the third."""
    def choose(person: int, question: int) -> list[str]:
        is_good, reads_khmer = person % 4 < 2, person % 2 == 0
        return {0: WRONG if is_good else RIGHT, 1: WRONG if reads_khmer else RIGHT, 2: RIGHT if is_good or person % 3 else HALF}[question]

    results.crowd(
        room.training, room.unit_id, room.questions, choose, results.people(60, room.factory), languages=("km", "en")
    )
    text = trainer_of(browse, room).get(analysis_at(room)).text
    first, second = text.index("Question 1 What"), text.index("Question 2 What")
    assert "It works backwards" in text[first:second]
    assert "In one language it behaves differently: ខ្មែរ: 0% right, in the other languages 100%" in text[second:]
    assert "is chosen by nobody" in text[second:]


def test_a_withdrawn_question_is_left_out_and_a_new_key_counts(browse: Browse, room: quizzes.Room) -> None:
    results.crowd(room.training, room.unit_id, room.questions, lambda _p, _q: RIGHT, results.people(6, room.factory))
    db.session.add(KeyChange(question_id=room.questions[0].id, number=1, key=None, why="unclear", account_id=None, at=now()))
    reply = trainer_of(browse, room).get(analysis_at(room))
    assert [row[0] for row in rows(reply, QUESTIONS)] == ["Question 1", "Question 2"]
    assert "What do you do 1?" not in reply.text


def test_open_answers_are_judged_by_what_people_gave(browse: Browse, app: Flask) -> None:
    room = quizzes.room(source="::q1:: Say why {}\n\n::q2:: Right? {T}", is_open=False)
    who = results.people(6, room.factory)
    for number, person in enumerate(who):
        made = Attempt(
            training_id=room.training.id, unit_id=room.unit_id, person_id=person.id, number=1, state="graded", seed=1,
            question_ids=[question.id for question in room.questions], started_at=now(), submitted_at=now(),
            score=0.5 + (number % 2), max_score=2,
        )
        db.session.add(made)
        db.session.flush()
        for share in (1, 0.5):  # the later one counts
            db.session.add(ManualGrade(attempt_id=made.id, question_id=room.questions[0].id, share=share, account_id=None, at=now()))
            db.session.flush()
    assert rows(trainer_of(browse, room).get(analysis_at(room)), QUESTIONS)[0][:2] == ["Question 1", "50%"]


def test_typed_answers_are_shown_when_many_typed_them(browse: Browse, app: Flask) -> None:
    room = quizzes.room(source="::q1:: Who leads? {=supervisor}\n\n::q2:: Right? {T}", is_open=False)
    typed = ["Supervisor"] * 5 + [" manager"] * 5 + ["Sok Dara did it"] * 2
    results.crowd(
        room.training, room.unit_id, room.questions, lambda person, question: [typed[person]] if question == 0 else RIGHT,
        results.people(12, room.factory),
    )
    reply = trainer_of(browse, room).get(analysis_at(room))
    assert [row[:3] for row in rows(reply, "Answers to question 1")] == [["manager", "0", "5"], ["supervisor", "1", "5"]]
    assert "sok dara" not in reply.text.lower()
    assert [row[:3] for row in rows(reply, "Answers to question 2")] == [["True", "1", "12"], ["False", "0", "0"]]


def test_statements_do_not_grow(browse: Browse, room: quizzes.Room) -> None:
    trainer = trainer_of(browse, room)
    before = results.quiz(room.training.version, "pre-test", QuizPhase.PRE)
    asked = quizzes.bank(before.id)
    sizes = []
    for _ in range(2):
        who = results.people(20, room.factory)
        results.crowd(room.training, room.unit_id, room.questions, results.able(), who, factory=room.factory)
        results.crowd(room.training, before.id, asked, results.able(2), who)
        quizzes_of = (analysis_at(room), f"{version_at(room)}/gain", quiz_at(room))
        mine = []
        for address in quizzes_of:
            with counted() as statements:
                assert trainer.get(address).status == 200
            mine.append(len(statements))
        sizes.append(mine)
    assert sizes[0] == sizes[1]
    assert max(sizes[0]) <= 20, sizes


def test_the_figures_of_questions_are_a_table_for_other_programs(browse: Browse, room: quizzes.Room) -> None:
    made = results.crowd(room.training, room.unit_id, room.questions, results.able(), results.people(24, room.factory))
    trainer = trainer_of(browse, room)
    page = trainer.get(analysis_at(room))
    [address] = [link.get("href") or "" for link in page.all("a") if "analysis.xlsx" in (link.get("href") or "")]
    data = trainer.get(address).response.data
    [table] = read_tables(data, Limits()).sheets
    header, *lines = [[str(cell or "") for cell in row] for row in table.rows]
    assert header[:2] == ["Number", "Question"]
    questions = [line for line in lines if line[1]]
    assert [float(line[0]) for line in questions] == [1, 2, 3]
    right = sum(each.score or 0 for each in made)
    shown = sum(float(line[6]) for line in questions) * len(made)
    assert abs(shown - right) < 0.02, "the figures add up to the points of everybody"
    chosen = [int(float(line[4])) for line in lines if float(line[0]) == 1 and not line[1]]
    assert sum(chosen) == len(made)


def test_below_five_people_the_table_is_empty(browse: Browse, room: quizzes.Room) -> None:
    results.crowd(room.training, room.unit_id, room.questions, results.able(), results.people(4, room.factory))
    trainer = trainer_of(browse, room)
    assert "analysis.xlsx" not in trainer.get(analysis_at(room)).response.text
    [table] = read_tables(trainer.get(f"{analysis_at(room)}.xlsx").response.data, Limits()).sheets
    assert len([*table.rows]) == 1


# -- what people learned


@pytest.fixture
def tested(room: quizzes.Room) -> tuple[quizzes.Room, int, list[quizzes.Question]]:
    """A room whose course asks before and after."""
    before = results.quiz(room.training.version, "pre-test", QuizPhase.PRE)
    db.session.get_one(type(before), room.unit_id).phase = QuizPhase.POST
    return room, before.id, quizzes.bank(before.id)


def learned(tested: tuple[quizzes.Room, int, list[quizzes.Question]], who: list[Person], training: object = None) -> None:
    """Everybody knows a third before and all after, but for every other who knows two thirds after."""
    room, before_id, asked = tested
    for number, person in enumerate(who):
        results.attempt(training or room.training, before_id, person, asked, [RIGHT, WRONG, WRONG])
        results.attempt(
            training or room.training, room.unit_id, person, room.questions, [RIGHT, RIGHT, RIGHT if number % 2 else WRONG]
        )


def test_the_gain_is_that_of_people_who_took_both(browse: Browse, tested: tuple[quizzes.Room, int, list[quizzes.Question]]) -> None:
    room, before_id, asked = tested
    learned(tested, results.people(6, room.factory))
    for person in results.people(9, room.factory):
        results.attempt(room.training, before_id, person, asked, [RIGHT] * 3)
    text = trainer_of(browse, room).get(f"{version_at(room)}/gain").text
    assert "6 people in both tests" in text
    assert "33% mean score before" in text and "83% mean score after" in text
    assert "50 mean gain in points of 100" in text
    assert "from 30.8 to 69.2 (95% interval)" in text  # 50 -+ 2.571 * 18.26 / sqrt(6)
    assert "A large change" in text
    assert "no parallel forms" in text
    assert not [person.name for person in db.session.query(Person) if person.name in text]


def on_paper(room: quizzes.Room, unit_id: int, person: Person, points: int, *, marker: str = "m", counter: int = 1) -> None:
    db.session.add(
        PaperScore(
            record_id=token_hex(16), training_id=room.training.id, unit_id=unit_id, person_id=person.id, points=points, of=3,
            marker=marker, counter=counter, at=now(),
        )
    )  # fmt: skip
    db.session.flush()


def test_scores_on_paper_count_where_there_is_no_attempt(browse: Browse, tested: tuple[quizzes.Room, int, list[quizzes.Question]]) -> None:
    """Six people: a third before, all after. Two have only paper after, one only paper before, one has both."""
    room, before_id, asked = tested
    who = results.people(6, room.factory)
    for number, person in enumerate(who):
        if number == 2:
            on_paper(room, before_id, person, 1)
        else:
            results.attempt(room.training, before_id, person, asked, [RIGHT, WRONG, WRONG])
        if number < 2:
            on_paper(room, room.unit_id, person, 0, counter=1)
            on_paper(room, room.unit_id, person, 3, counter=2)  # mistyped, and said again
            on_paper(room, room.unit_id, person, 2, marker="another")
        else:
            results.attempt(room.training, room.unit_id, person, room.questions, [RIGHT] * 3)
    on_paper(room, room.unit_id, who[5], 0)
    text = trainer_of(browse, room).get(f"{version_at(room)}/gain").text
    assert "6 people in both tests" in text
    assert "33% mean score before" in text and "100% mean score after" in text


def test_too_few_is_said_and_no_small_session_is_found_by_subtraction(
    browse: Browse, tested: tuple[quizzes.Room, int, list[quizzes.Question]]
) -> None:
    room = tested[0]
    learned(tested, results.people(4, room.factory))
    trainer = trainer_of(browse, room)
    assert "Too few to say" in trainer.get(f"{version_at(room)}/gain").text
    sizes = (20, 10)
    trainings = [sessions.training(version=room.training.version, state=room.training.state) for _ in sizes]
    for training, size in zip(trainings, sizes, strict=True):
        learned(tested, results.people(size, room.factory), training)
    reply = trainer.get(f"{version_at(room)}/gain")
    assert [row[1] for row in rows(reply, "By training session")] == ["too few to say", "20", "too few to say"]
    assert "34 people in both tests" in reply.text


def test_months_later_is_another_comparison(browse: Browse, tested: tuple[quizzes.Room, int, list[quizzes.Question]]) -> None:
    room = tested[0]
    who = results.people(6, room.factory)
    learned(tested, who)
    later = results.quiz(room.training.version, "follow-up", QuizPhase.FOLLOW_UP, months_after=6)
    asked = quizzes.bank(later.id)
    for person in who[:5]:
        results.attempt(room.training, later.id, person, asked, [WRONG] * 3)
    text = trainer_of(browse, room).get(f"{version_at(room)}/gain").text
    assert "From before the training to months later" in text
    assert "-33.3 mean gain" in text and "People know less than before" in text


def test_a_course_with_one_test_says_that_there_is_nothing_to_compare(browse: Browse, room: quizzes.Room) -> None:
    assert "Nothing to compare" in trainer_of(browse, room).get(f"{version_at(room)}/gain").text


# -- one person


def one(room: quizzes.Room) -> Attempt:
    operations.open_window(quizzes.SYSTEM, room.training.id, room.unit_id, 30)
    attempt = operations.start(room.actor)
    question = room.questions[0]
    operations.answer(room.actor, attempt.id, question.id, [quizzes.names(attempt, question)[1]], 0, "en")
    return attempt


def test_answers_are_read_by_a_click_that_the_log_keeps(browse: Browse, room: quizzes.Room) -> None:
    attempt, trainer = one(room), trainer_of(browse, room)
    address = f"{quiz_at(room)}/attempts/{attempt.id}"
    assert "can be read when the quiz is handed in" in trainer.get(address).text
    assert trainer.post(address).status in {409, 422}
    operations.submit(room.actor, attempt.id)
    db.session.add(
        LateAnswer(attempt_id=attempt.id, question_id=room.questions[1].id, choice=["2"], arrived_at=now(), why=Late.AFTER_HANDING_IN, counts=None)
    )
    closed = trainer.get(address)
    assert "0% 0 of 3 points" in closed.text and "Not yet" in closed.text
    assert "I do it badly" not in closed.text
    db.session.rollback()
    assert db.session.query(AuditEntry).filter_by(action="quizzes.read_answers").count() == 0
    text = trainer.post(address).text
    assert "AnswerI do it badly Right answerI do it well Points0" in text
    assert "Read inEnglish" in text
    assert "Question 2: I do half of it" in text and "handed in already" in text and "Nobody has decided yet" in text
    [entry] = db.session.query(AuditEntry).filter_by(action="quizzes.read_answers").all()
    assert entry.subject == f"attempt:{attempt.id}"


def test_an_attempt_of_another_session_is_not_found(browse: Browse, room: quizzes.Room) -> None:
    attempt = one(room)
    operations.submit(room.actor, attempt.id)
    other = sessions.training(version=room.training.version)
    trainer = trainer_of(browse, room)
    for address in (f"/sessions/{other.id}/quizzes/{room.unit_id}", f"/sessions/{room.training.id}/quizzes/{room.unit_id + 1}"):
        assert trainer.get(f"{address}/attempts/{attempt.id}").status == 404
        assert trainer.post(f"{address}/attempts/{attempt.id}").status == 404


def test_results_are_taken_away_as_a_table_and_the_log_says_so(browse: Browse, room: quizzes.Room) -> None:
    attempt = one(room)
    operations.submit(room.actor, attempt.id)
    room.person.name = "=cmd()"
    room.another()
    trainer = trainer_of(browse, room)
    reply = trainer.post(f"{quiz_at(room)}/results.csv")
    [head, row] = list(csv.reader(io.StringIO(reply.response.data.decode("utf-8-sig"))))
    told = dict(zip(head, row, strict=True))
    assert (told["Name in Latin letters"], told["Points"], told["Of"], told["Passed"], told["State"]) == ("'=cmd()", "0.0", "3.0", "No", "Handed in")
    reply = trainer.post(f"{quiz_at(room)}/results.xlsx")
    [sheet] = read_tables(reply.response.data, Limits()).sheets
    assert [row[:1] for row in sheet.rows] == [["Factory"], [room.factory.name]]
    assert db.session.query(AuditEntry).filter_by(action="quizzes.export_results").count() == 2


# -- live


def test_the_trainer_sees_who_is_where(browse: Browse, room: quizzes.Room) -> None:
    attempt = one(room)
    waiting, done = room.another(name="Waiting Person"), room.another(name="Done Person")
    finished = operations.start(quizzes.actor(done, room.training))
    operations.submit(quizzes.actor(done, room.training), finished.id)
    trainer = trainer_of(browse, room)
    page = trainer.get(quiz_at(room))
    assert "1 not begun, 1 answering, 1 handed in." in page.text
    found = {row[0].split()[-2]: row[1:] for row in rows(page, "Results")}
    assert found["Waiting"][1:] == ["Not begun", "–", "–", "0"]
    assert found["Done"][1:] == ["Not yet", "0 of 3", "0%", "1"]
    assert ["Answering now", "1 of 3", "–", "1"] in [each[1:] for each in found.values()]
    assert f"/attempts/{finished.id}" in page.response.text and f"/attempts/{attempt.id}\"" not in page.response.text
    part = trainer.fragment(f"{quiz_at(room)}/finished")
    assert f'id="places-{room.unit_id}" hx-swap-oob="true"' in part.response.text
    assert "1 answering" in part.text
    assert waiting.name in part.text


def test_a_factory_sees_neither_who_is_where_nor_the_ways_to_figures(browse: Browse, room: quizzes.Room) -> None:
    one(room)
    text = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=room.factory)).get(quiz_at(room)).text
    assert "answering" not in text and "Answered" not in text and "How the questions work" not in text and "Results as" not in text


def test_the_ways_lead_there(browse: Browse, room: quizzes.Room) -> None:
    trainer = trainer_of(browse, room)
    course = trainer.get(f"/courses/{room.training.version.course.code}")
    links = {link.get("href") for link in course.all("a")} | {link.get("href") for link in trainer.get(quiz_at(room)).all("a")}
    assert {analysis_at(room), f"{version_at(room)}/gain", analysis_at(room, f"?training={room.training.id}")} <= links
