"""The form of each kind of question: filled with what is right, refused when nothing would be right, sent as it is shown."""

import pytest
from flask import Flask

from app.access.roles import Role
from app.courses.models import VersionFile
from app.courses.operations import keep
from app.platform.db import db
from app.quizzes.models import KeyChange
from tests.browse import Browse, Reply
from tests.make import accounts, quizzes

CASES = {
    "single": ("::q:: [plain] Which? {=good ~bad ~%50%so}", {"worth_0": "0"}, {"worth_0": "0", "worth_1": "100"}),
    "multiple": ("::q:: [plain] Which? {~%50%a ~%50%b ~%-100%c}", {"worth_0": "100"}, {"worth_0": "0", "worth_1": "100"}),
    "true_false": ("::q:: [plain] Yes? {T}", {"correct": "maybe"}, {"correct": "false"}),
    "short": ("::q:: [plain] Who? {=cat =%50%dog}", {"text_en_0": ""}, {"text_en_0": "", "text_en_2": "cow"}),
    "numeric": ("::q:: [plain] How many? {#5:1}", {"value_0": ""}, {"value_0": "7", "off_0": "0.5"}),
    "ordering": (
        "// [tag:ordering]\n::q:: [plain] Order {=first =second =third}", {"place_0": "1"}, {"place_0": "1", "place_1": "0"},
    ),
    "observed": (
        "// [tag:observed]\n::q:: [plain] Do it {~%50%looks ~%50%aims}", {"worth_0": "0"}, {"worth_0": "0", "worth_1": "100"},
    ),
    "matching": ("::q:: [plain] Match {=A -> one =B -> two =C -> three}", {"pair_0": "9"}, {"pair_0": "1"}),
}


def fields(page: Reply) -> dict[str, str]:
    """What the form of the key would send."""
    found = {each.get("name") or "": each.get("value") or "" for each in page.all("input")}
    for select in page.all("select"):
        chosen = [option for option in select.iter("option") if option.get("selected") is not None]
        found[select.get("name") or ""] = (chosen or list(select.iter("option")))[0].get("value") or ""
    return {name: value for name, value in found.items() if name.startswith(("worth", "text", "value", "off", "pair", "place", "correct"))}


@pytest.mark.parametrize("kind", CASES)
def test_the_form_of_each_kind(browse: Browse, app: Flask, kind: str) -> None:
    source, wrong, right = CASES[kind]
    room = quizzes.room(source=source)
    address = f"/quizzes/questions/{room.questions[0].id}"
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=room.training.programme))
    as_it_is = fields(manager.get(address))
    assert as_it_is
    assert manager.get(f"{address}/change", query_string=as_it_is | wrong).status == 422
    shown = manager.get(f"{address}/change", query_string=as_it_is | right)
    assert shown.status == 200
    hidden = {each.get("name") or "": each.get("value") or "" for each in shown.all("input") if each.get("type") == "hidden"}
    assert manager.post(f"{address}/change", hidden | {"why": "It was wrong."}).status == 303
    assert db.session.query(KeyChange).one().key is not None
    assert fields(manager.get(address)) != as_it_is
    withdrawn = manager.get(f"{address}/change?withdraw=yes")
    hidden = {each.get("name") or "": each.get("value") or "" for each in withdrawn.all("input") if each.get("type") == "hidden"}
    assert manager.post(f"{address}/change", hidden | {"why": "No good."}).status == 303
    assert "This question is withdrawn." in manager.get(address).text


def test_an_open_answer_can_only_be_withdrawn(browse: Browse, app: Flask) -> None:
    room = quizzes.room(source="::q:: [plain] Why? {}")
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=room.training.programme))
    page = manager.get(f"/quizzes/questions/{room.questions[0].id}")
    assert "cannot be changed here" in page.text
    assert manager.get(f"/quizzes/questions/{room.questions[0].id}/change?withdraw=yes").status == 200
    assert manager.get(f"/quizzes/questions/{room.questions[0].id}/change").status == 404


def test_areas_of_a_picture_are_ticked_beside_the_picture(browse: Browse, app: Flask) -> None:
    room = quizzes.room(source="// [tag:hot-spot]\n::q:: [plain] Where? {=1 left ~2 right ~3 middle}")
    [question] = room.questions
    quizzes.show_picture(question, "hall.svg")
    db.session.add(VersionFile(version_id=room.training.version_id, path="media/hall.svg", blob_key=keep(b"<svg/>")))
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=room.training.programme))
    address = f"/quizzes/questions/{question.id}"
    page = manager.get(address)
    ticks = {each.get("name"): each.get("checked") is not None for each in page.all("input") if each.get("type") == "checkbox"}
    assert ticks == {"area_0": True, "area_1": False, "area_2": False}
    [picture] = [each.get("src") for each in page.all("img") if "/pictures/" in (each.get("src") or "")]
    assert manager.get(picture or "").status == 200
    assert manager.get(f"{address}/pictures/km").status == 404
    none = manager.get(f"{address}/change")
    assert (none.status, "Tick at least one area." in none.text) == (422, True)
    shown = manager.get(f"{address}/change?area_0=y&area_2=y")
    hidden = {each.get("name") or "": each.get("value") or "" for each in shown.all("input") if each.get("type") == "hidden"}
    assert manager.post(f"{address}/change", hidden | {"why": "Both are."}).status == 303
    changed = db.session.query(KeyChange).one().key
    assert [float(each["fraction"]) for each in changed["en"]["options"]] == [100, 0, 100]


def test_a_line_has_one_place(browse: Browse, app: Flask) -> None:
    room = quizzes.room(source="// [tag:ordering]\n::q:: [plain] Order {=first =second =third}")
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=room.training.programme))
    wrong = manager.get(f"/quizzes/questions/{room.questions[0].id}/change?place_0=1&place_1=1&place_2=2")
    assert (wrong.status, "Give each line a place of its own." in wrong.text) == (422, True)
