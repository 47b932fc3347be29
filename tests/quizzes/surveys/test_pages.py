"""The pages of anonymous forms, for learners, workers, trainers and factories."""

import pytest
from flask import Flask

from app.access.roles import Role
from app.platform.db import db
from app.platform.tables import read_tables
from app.quizzes.surveys.models import SurveyResponse, random_id
from app.quizzes.surveys.rules import SurveyPhase
from tests.browse import Browse
from tests.make import accounts, factories, sessions, surveys

SAID = {"language": "en", "item-useful": "0", "item-pace": "1", "item-change": "More time."}


@pytest.fixture
def room(app: Flask) -> surveys.Asked:
    return surveys.asked(6)


def own(room: surveys.Asked) -> str:
    return f"/evaluations/{room.training.id}/evaluation"


def desk(room: surveys.Asked) -> str:
    return f"/sessions/{room.training.id}/surveys"


def everybody_answers(room: surveys.Asked, *, until: int = 6) -> None:
    for number in range(until):
        room.answer(number)
    surveys.end(room.window())


def test_a_learner_finds_it_hands_it_in_and_is_thanked(browse: Browse, room: surveys.Asked) -> None:
    learner = browse.as_person(room.people[0].id)
    assert own(room) in [link.get("href") for link in learner.get("/").all("a")]
    page = learner.get(own(room))
    assert "Nobody can find out" in page.text
    assert "Thank you for coming." in page.text
    assert learner.post(own(room), SAID).location == own(room)
    assert "Thank you for your words." in learner.get(own(room)).text
    assert own(room) not in [link.get("href") for link in learner.get("/").all("a")]
    assert learner.post(own(room), SAID | {"item-useful": "4"}).status == 303
    assert [row.answers["useful"] for row in room.responses()] == [0]


def test_what_was_written_stays_in_a_refused_form(browse: Browse, room: surveys.Asked) -> None:
    learner = browse.as_person(room.people[0].id)
    page = learner.post(own(room), SAID | {"item-change": "x" * 1001})
    assert page.status == 422
    assert "Write at most 1000 characters." in page.text
    assert [each.get("value") for each in page.all("input") if "checked" in each.attrib] == ["0", "1"]
    assert learner.post(own(room), {"language": "en"}).status == 422


def test_it_is_read_in_arabic(browse: Browse, room: surveys.Asked) -> None:
    learner = browse.as_person(room.people[0].id)
    learner.client.set_cookie("language", "ar")
    page = learner.get(own(room))
    assert "شكرًا لحضورك." in page.text
    assert any(each.get("lang") == "ar" and each.get("dir") == "rtl" for each in page.all("div"))
    learner.post(own(room), SAID | {"language": "ar"})
    assert [row.language for row in room.responses()] == ["ar"]


def test_others_find_no_form(browse: Browse, room: surveys.Asked) -> None:
    stranger = browse.as_person(factories.person(room.factory).id)
    assert stranger.get(own(room)).status == 404
    assert stranger.post(own(room), SAID).status == 404
    assert browse.as_person(room.people[0].id).get(f"/evaluations/{room.training.id}/workers").status == 404


def test_workers_answer_one_after_another_without_a_name(browse: Browse, room: surveys.Asked) -> None:
    window = room.survey()
    page = browse.get(f"/survey?code={room.training.code.lower()}")
    listed = browse.get(page.location)
    address = f"/survey/{room.training.code}/{window.id}"
    assert address in [link.get("href") for link in listed.all("a")]
    assert not any(person.name in listed.text for person in room.people)
    for _ in range(2):
        shown = browse.get(address)
        ticket = next(each.get("value") for each in shown.all("input") if each.get("name") == "ticket")
        sent = {"ticket": ticket, "language": "en", "item-plan": "1"}
        assert browse.post(address, sent).location == f"{address}/thanks"
        assert browse.post(address, sent).location == f"{address}/thanks"
        assert "Hand the device to the next person." in browse.get(f"{address}/thanks").text
    assert len(room.responses()) == 2


@pytest.mark.parametrize("ticket", ["", "0", "-1", "x", str(2**63), "1" * 400])
def test_a_forged_ticket_leads_nowhere(browse: Browse, room: surveys.Asked, ticket: str) -> None:
    window = room.survey()
    assert browse.post(f"/survey/{room.training.code}/{window.id}", {"ticket": ticket, "item-plan": "1"}).status == 404
    assert room.responses() == []


def test_the_code_leads_to_its_own_surveys_only(browse: Browse, room: surveys.Asked) -> None:
    other = surveys.asked()
    window = other.survey()
    address = f"/survey/{room.training.code}/{window.id}"
    assert browse.get(address).status == 404
    assert browse.post(address, {"ticket": "7", "item-plan": "1"}).status == 404
    assert browse.get(f"/survey/{room.training.code}/{room.window().id}").status == 404
    assert browse.get("/survey/NOCODE").status == 404
    assert browse.get(f"/survey/{room.training.code}").status == 409


def test_codes_are_not_tried_for_ever(browse: Browse, room: surveys.Asked) -> None:
    answers = [browse.get(f"/survey/AAAA{number:02}").status for number in range(62)]
    assert (answers[0], answers[-1]) == (404, 429)


def test_a_kiosk_leads_to_the_survey(browse: Browse, room: surveys.Asked) -> None:
    trainer = browse.as_account(room.trainer())
    trainer.post(f"/sessions/{room.training.id}/kiosk")
    address = f"/survey/{room.training.code}"
    assert address not in trainer.get("/kiosk").response.text
    room.survey()
    assert address in trainer.get("/kiosk").response.text


def test_a_trainer_opens_asks_and_closes(browse: Browse, room: surveys.Asked) -> None:
    trainer = browse.as_account(room.trainer())
    assert "0 of 6 have handed in" in trainer.get(f"/sessions/{room.training.id}").text
    sent = {"factory": str(room.factory.id), "phase": "pre", "hours": "4"}
    assert trainer.post(f"{desk(room)}/workers/window", sent).location == desk(room)
    assert trainer.post(f"{desk(room)}/workers/window", sent | {"hours": "9999"}).status == 422
    assert trainer.post(f"{desk(room)}/workers/window", sent | {"factory": "999999"}).status == 422
    page = trainer.get(desk(room))
    assert "Before the training" in page.text
    assert trainer.post(f"{desk(room)}/windows/{room.window().id}/closing").location == desk(room)
    assert "Closed" in trainer.get(desk(room)).text


def test_sheets_are_entered_one_after_another(browse: Browse, room: surveys.Asked) -> None:
    trainer = browse.as_account(room.trainer())
    address = f"{desk(room)}/windows/{room.window().id}/sheets"
    page = trainer.get(f"{address}?language=ar")
    assert "ما رأيك؟" in page.response.text or "كيف كانت السرعة؟" in page.text
    assert trainer.post(address, SAID | {"ticket": str(random_id())}).location == address
    assert "1 answer is entered." in trainer.get(address).text
    assert trainer.post(address, {"ticket": str(random_id()), "language": "en"}).status == 422
    turns = f"{desk(room)}/evaluation/turns"
    assert trainer.post(turns, {"person": [str(room.people[0].id), "x", "999999999999"]}).location == turns
    assert trainer.get(turns).text.count(room.factory.name) == 5


@pytest.mark.parametrize("answered", [4, 5])
def test_results_begin_at_five(browse: Browse, room: surveys.Asked, answered: int) -> None:
    everybody_answers(room, until=answered)
    page = browse.as_account(room.trainer()).get(f"{desk(room)}/evaluation/results")
    assert ("Fewer than 5 answers" in page.text) is (answered == 4)
    assert ("More time." in page.text) is (answered == 5)
    assert ("100%" in page.text.replace(" ", "").replace("\u00a0", "")) is (answered == 5)


def test_nothing_is_shown_while_it_is_open(browse: Browse, room: surveys.Asked) -> None:
    for number in range(6):
        room.answer(number)
    page = browse.as_account(room.trainer()).get(f"{desk(room)}/evaluation/results")
    assert "Still open" in page.text
    assert "More time." not in page.text


def asked_twice(room: surveys.Asked) -> None:
    for phase, option in ((SurveyPhase.PRE, "0"), (SurveyPhase.POST, "1")):
        window = room.survey(phase)
        for number in range(6):
            surveys.worker(window, plan=option, help=f"Zqwish {number}")
        surveys.end(window)


def test_before_and_after_stand_side_by_side(browse: Browse, room: surveys.Asked) -> None:
    asked_twice(room)
    page = browse.as_account(room.trainer()).get(f"{desk(room)}/workers/results")
    assert [cell.text for cell in page.all("th") if cell.get("scope") == "col"] == ["Answer", "Before the training", "After the training"]
    assert "Zqwish 3" in page.text
    assert page.response.text.count('viewBox="0 0 100 8"') == 4


def test_a_factory_sees_numbers_of_its_own_workers_and_no_words(browse: Browse, room: surveys.Asked) -> None:
    asked_twice(room)
    other = factories.factory()
    sessions.seat(room.training, other, factories.person(other))
    for factory, sees in ((room.factory, True), (other, False)):
        speaker = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
        for address in (f"{desk(room)}/workers/results", desk(room), f"/sessions/{room.training.id}"):
            page = speaker.get(address)
            assert page.status == 200
            assert "Zqwish" not in page.response.text
        assert ("100" in speaker.get(f"{desk(room)}/workers/results").text) is sees
        assert (room.factory.name in speaker.get(f"{desk(room)}/workers/results").text) is sees
        assert "Zqwish" not in cells(speaker.get(f"{desk(room)}/workers/results.xlsx").response.data)
        assert speaker.post(f"{desk(room)}/evaluation/opening").status == 404


def test_a_factory_does_not_see_how_few_answered(browse: Browse, room: surveys.Asked) -> None:
    window = room.survey()
    for _ in range(3):
        surveys.worker(window)
    surveys.end(window)
    speaker = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=room.factory))
    row = next(each for each in speaker.get(desk(room)).all("tr") if room.factory.name in "".join(each.itertext()))
    assert "3" not in "".join(row.itertext()).replace(room.factory.name, "")
    assert "Fewer than 5 answers" in speaker.get(f"{desk(room)}/workers/results").text


def cells(data: bytes) -> str:
    return "\n".join(str(row) for sheet in read_tables(data).sheets for row in sheet.rows)


def test_the_file_holds_what_the_page_shows(browse: Browse, room: surveys.Asked) -> None:
    trainer = browse.as_account(room.trainer())
    everybody_answers(room, until=4)
    assert "More time." not in cells(trainer.get(f"{desk(room)}/evaluation/results.xlsx").response.data)
    surveys.operations.open_evaluation(surveys.SYSTEM, room.training.id, "evaluation")
    room.answer(4)
    surveys.end(room.window())
    found = cells(trainer.get(f"{desk(room)}/evaluation/results.xlsx").response.data)
    assert found.count("More time.") == 5
    assert "5.0, 'How was the speed?', 'right', 5.0, 100.0" in found


def test_logs_name_the_route_and_nobody(browse: Browse, room: surveys.Asked, caplog: pytest.LogCaptureFixture) -> None:
    learner = browse.as_person(room.people[0].id)
    with caplog.at_level("INFO"):
        learner.post(own(room), SAID)
    lines = [str(record.msg) for record in caplog.records if "/evaluations/" in str(record.msg)]
    assert lines
    for line in lines:
        assert "/evaluations/<int:training_id>/<form>" in line
        assert not any(word in line for word in ("person", "sign_in", room.people[0].name, "127.0.0.1"))
    assert db.session.query(SurveyResponse).count() == 1
