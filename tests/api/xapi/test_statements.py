"""Statements are stored all or none, each id once, and found by what stands in them."""

import hashlib
import json
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.roles import Role
from app.api.xapi.models import Statement
from app.api.xapi.operations import storing
from app.api.xapi.queries import statements as queries
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from tests.make import accounts
from tests.make.speakers import Speaker, speaker, statement, voiding

ANNA, BORA = {"mbox": "mailto:anna@example.org"}, {"mbox": "mailto:bora@example.org"}


@pytest.fixture
def office(app: Flask) -> Speaker:
    return speaker(app, accounts.account(Role.ADMINISTRATOR))


def test_what_was_said_is_answered(office: Speaker) -> None:
    said = statement(timestamp="2026-03-01T10:00:00+07:00", result={"score": {"scaled": 0.125}, "duration": "PT1M"})
    assert office.say(said).get_json() == [said["id"]]
    answer = office.get("statements", statementId=said["id"])
    kept = answer.get_json()
    assert (kept["actor"], kept["result"], kept["version"]) == (said["actor"], said["result"], "2.0.0")
    assert kept["timestamp"] == "2026-03-01T03:00:00.000000Z"
    assert kept["authority"]["account"]["name"].startswith("token-")
    assert answer.last_modified is not None and answer.headers["X-Experience-API-Consistent-Through"]
    assert [each.action for each in db.session.scalars(sa.select(AuditEntry)) if each.action.startswith("xapi")] == ["xapi.store"]


def test_one_is_put_under_its_id(office: Speaker) -> None:
    said = statement()
    put = office.ask("PUT", "statements", said, query_string={"statementId": said["id"].upper()})
    assert (put.status_code, put.data) == (204, b"")
    assert office.found() == [said["id"]]
    assert office.ask("PUT", "statements", said, query_string={"statementId": str(uuid4())}).status_code == 400
    assert office.ask("PUT", "statements", said).status_code == 400


def test_the_same_again_is_no_second_one(office: Speaker) -> None:
    said = statement(timestamp="2026-03-01T10:00:00Z")
    again = {**said, "timestamp": "2026-03-01T17:00:00+07:00", "verb": {**said["verb"], "display": {"en": "experienced"}}}
    assert [office.say(said).status_code, office.say(again).status_code] == [200, 200]
    assert office.found() == [said["id"]]


def test_another_under_the_same_id_is_refused_and_nothing_of_the_batch_is_kept(office: Speaker) -> None:
    said, other = statement(), statement()
    office.say(said)
    refused = office.say(other, {**said, "actor": BORA})
    assert (refused.status_code, refused.mimetype) == (409, "application/problem+json")
    assert office.found() == [said["id"]]


@pytest.mark.parametrize("change", [{"actor": {}}, {"verb": {"id": "no iri"}}, {"strange": 1}, {"object": None}, {"result": {"success": "yes"}}])
def test_one_that_is_wrong_refuses_all(office: Speaker, change: dict[str, Any]) -> None:
    refused = office.say(statement(), {**statement(), **change})
    assert refused.status_code == 400 and "statement" in refused.get_json(force=True)["detail"] + "statement"
    assert office.found() == []
    assert office.say(*[statement(id="a" * 8 + "-0000-4000-8000-" + "b" * 12)] * 2).status_code == 400


@pytest.mark.any_engine
@pytest.mark.parametrize("body", [b"", b"{", b'{"a": NaN}', b'{"a": 1, "a": 2}', b'"\\ud800"', b"[" * 100_000, "é".encode("latin-1"), b"7", b"[[]]"])
def test_what_two_programs_could_read_in_two_ways_is_refused(office: Speaker, body: bytes) -> None:
    assert office.ask("POST", "statements", data=body, content_type="application/json").status_code == 400


def test_a_number_that_no_reader_could_write_is_refused(office: Speaker) -> None:
    body = json.dumps(statement(result={"score": {"raw": "?"}, "extensions": {"http://e.org/x": [7]}}))
    for said in ("1e999", "-1e999", "9" * 5000, "9" * 5000 + ".5"):
        refused = office.ask("POST", "statements", data=body.replace("[7]", f"[{said}]").replace('"?"', "1"), content_type="application/json")
        assert (refused.status_code, len(refused.get_json(force=True)["detail"]) < 200) == (400, True), "in few words of our own"
    assert office.ask("POST", "statements", data=body.replace('"?"', "1e999"), content_type="application/json").status_code == 400
    assert office.ask("POST", "statements", data=body.replace('"?"', "1e300"), content_type="application/json").status_code == 200


def test_found_by_what_stands_in_it(office: Speaker) -> None:
    registration = str(uuid4())
    activity = {"id": "https://courses.example.org/fire"}
    first = statement(actor=ANNA, context={"registration": registration, "contextActivities": {"parent": activity}})
    second = statement(actor={"objectType": "Group", "member": [BORA]}, object=activity, verb={"id": "http://e.org/did"})
    third = statement(actor=BORA, context={"instructor": ANNA})
    office.say(first, second, third)
    ids = first["id"], second["id"], third["id"]
    assert office.found() == list(reversed(ids))
    assert office.found(ascending="true") == list(ids)
    assert office.found(agent=ANNA) == [ids[0]]
    assert office.found(agent=ANNA, related_agents="true") == [ids[2], ids[0]]
    assert office.found(agent=BORA) == [ids[2], ids[1]]
    assert office.found(agent=BORA, verb="http://e.org/did") == [ids[1]]
    assert office.found(activity=activity["id"]) == [ids[1]]
    assert office.found(activity=activity["id"], related_activities="true") == [ids[1], ids[0]]
    assert office.found(registration=registration.upper()) == [ids[0]]
    assert office.found(agent=ANNA, verb="http://e.org/did") == []


def test_pages_lead_to_all_of_them_once(office: Speaker) -> None:
    ids = [office.say(statement()).get_json()[0] for _ in range(5)]
    seen, answer = list[str](), office.get("statements", limit="2").get_json()
    while True:
        seen += [each["id"] for each in answer["statements"]]
        if not answer["more"]:
            break
        answer = office.ask("GET", answer["more"].removeprefix("/xapi/")).get_json()
    assert seen == list(reversed(ids))


def test_since_and_until_speak_of_the_storing(office: Speaker) -> None:
    first, second = (office.say(statement()).get_json()[0] for _ in range(2))
    stored = office.get("statements", statementId=first).get_json()["stored"]
    assert office.found(since=stored) == [second]
    assert office.found(until=stored) == [first]


def test_a_voided_one_is_found_by_its_id_alone(office: Speaker) -> None:
    said = statement(actor=ANNA)
    void = voiding(said["id"], actor=BORA)
    office.say(void, said)  # in whatever order they come
    assert office.get("statements", statementId=said["id"]).status_code == 404
    assert office.get("statements", voidedStatementId=said["id"]).get_json()["id"] == said["id"]
    assert office.found() == [void["id"]]
    assert office.found(agent=ANNA) == [void["id"]]  # it speaks of what Anna did
    office.say(voiding(void["id"]))
    assert office.get("statements", statementId=void["id"]).status_code == 200  # what voids cannot be voided


def test_who_speaks_of_it_is_found_with_it_along_the_whole_chain(office: Speaker) -> None:
    def speaking_of(other: dict[str, Any]) -> dict[str, Any]:
        return statement(actor=BORA, object={"objectType": "StatementRef", "id": other["id"]})

    said = statement(actor=ANNA)
    second = speaking_of(said)
    third = speaking_of(second)
    for each in (third, said, second):
        office.say(each)
    assert sorted(office.found(agent=ANNA)) == sorted(each["id"] for each in (said, second, third))
    assert office.found(agent=ANNA, verb="http://e.org/other") == []


def test_formats(office: Speaker) -> None:
    names = {"en": "Fire", "km": "ភ្លើង"}
    office.say(statement(actor={**ANNA, "name": "Anna"}, object={"id": "https://e.org/fire", "definition": {"name": names}}))
    [ids] = office.get("statements", format="ids").get_json()["statements"]
    assert (ids["actor"], ids["object"]) == (ANNA, {"id": "https://e.org/fire"})
    answer = office.ask("GET", "statements", query_string={"format": "canonical"}, headers={"Accept-Language": "km-KH, en;q=0.5"})
    [canonical] = answer.get_json()["statements"]
    assert canonical["object"]["definition"]["name"] == {"km": "ភ្លើង"}
    assert office.get("activities", activityId="https://e.org/fire").get_json()["definition"]["name"] == names
    assert office.get("activities", activityId="https://e.org/other").get_json() == {"objectType": "Activity", "id": "https://e.org/other"}


def test_files_come_along_and_back(office: Speaker) -> None:
    content = bytes(range(256)) + b"\r\n--X\r\n"
    sha2 = hashlib.sha256(content).hexdigest()
    about = {"usageType": "http://e.org/photo", "display": {"en": "Photo"}, "contentType": "image/png", "length": len(content), "sha2": sha2}
    said = statement(attachments=[about])
    assert office.say(said).status_code == 400  # it did not come along
    sent = _mixed(said, content, sha2)
    assert office.ask("POST", "statements", data=sent.replace(bytes(range(9)), bytes(9)), content_type="multipart/mixed; boundary=Y").status_code == 400
    assert office.ask("POST", "statements", data=sent, content_type="multipart/mixed; boundary=Y").status_code == 200
    answer = office.get("statements", attachments="true")
    assert answer.mimetype == "multipart/mixed" and content in answer.data and sha2.encode() in answer.data
    assert content not in office.get("statements").data


def test_a_page_ends_where_it_would_be_too_much(office: Speaker, monkeypatch: pytest.MonkeyPatch) -> None:
    contents = [bytes([number]) * 100 for number in range(4)]
    hashes = [hashlib.sha256(content).hexdigest() for content in contents]
    about = {"usageType": "http://e.org/photo", "display": {}, "contentType": "image/png", "length": 100}
    all_of_it = [statement(attachments=[{**about, "sha2": sha2}]) for sha2 in hashes]
    for said, content, sha2 in zip(all_of_it, contents, hashes, strict=True):
        assert office.ask("POST", "statements", data=_mixed(said, content, sha2), content_type="multipart/mixed; boundary=Y").status_code == 200
    ids = [each["id"] for each in all_of_it]
    monkeypatch.setattr(queries, "MOST_FILES", 250)
    assert [content in office.get("statements", attachments="true", ascending="true").data for content in contents] == [True, True, False, False]
    assert len(office.found()) == 4
    monkeypatch.setattr(queries, "MOST_TEXT", 10)
    seen, answer = list[str](), office.get("statements", ascending="true").get_json()
    while answer["more"]:
        seen += [each["id"] for each in answer["statements"]]
        answer = office.ask("GET", answer["more"].removeprefix("/xapi/")).get_json()
    assert [*seen, *(each["id"] for each in answer["statements"])] == ids


def test_a_statement_is_no_file(office: Speaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "LARGEST", 2000)
    assert office.say(statement(), statement(result={"response": "x" * 2000})).status_code == 400
    assert office.found() == []


def test_types_that_no_header_can_hold(office: Speaker) -> None:
    content = b"x"
    sha2 = hashlib.sha256(content).hexdigest()
    said = statement(attachments=[{"usageType": "http://e.org/photo", "display": {}, "contentType": "image/png", "length": 1, "sha2": sha2}])
    for kind in (b"image/png;\0", b"image/png; x=\xfc"):
        sent = _mixed(said, content, sha2, kind)
        assert office.ask("POST", "statements", data=sent, content_type="multipart/mixed; boundary=Y").status_code == 400
    form = {"Authorization": office.header, "X-Experience-API-Version": "1.0.3", "Content-Type": "text/plain;\nX-Y: 1", "content": "x"}
    at = {"activityId": "https://e.org/a", "profileId": "p", "If-None-Match": "*"}
    office.version = "1.0.3"
    assert office.browse.client.post("/xapi/activities/profile?method=PUT", data={**form, **at}).status_code == 400


def test_names_that_were_never_given_out(office: Speaker) -> None:
    nobody = {"account": {"homePage": "http://localhost", "name": "a\0b"}}
    assert office.say(statement(actor=nobody)).status_code == 400
    at = {"activityId": "https://e.org/a", "agent": nobody, "stateId": "s"}
    assert office.ask("PUT", "activities/state", {}, query_string={**at, "agent": json.dumps(nobody)}).status_code == 400
    elsewhere = {"account": {"homePage": "https://e.org", "name": "a\0b"}}  # where names may be employee numbers
    assert office.say(statement(actor=elsewhere)).status_code == 200
    assert office.ask("PUT", "activities/state", {}, query_string={**at, "agent": json.dumps(elsewhere)}).status_code == 204


def _mixed(said: dict[str, Any], content: bytes, sha2: str, kind: bytes = b"image/png") -> bytes:
    return b"\r\n".join([
        b"--Y", b"Content-Type: application/json", b"", json.dumps(said).encode(),
        b"--Y", b"Content-Type: " + kind, b"Content-Transfer-Encoding: binary", b"X-Experience-API-Hash: " + sha2.encode(), b"", content,
        b"--Y--", b"",
    ])  # fmt: skip


@pytest.mark.any_engine
@pytest.mark.parametrize(
    "asked",
    [
        {"statementId": "7"}, {"agent": "{"}, {"agent": {"name": "x"}}, {"verb": "x"}, {"activity": "x"}, {"limit": "-1"}, {"since": "x"},
        {"format": "other"}, {"ascending": "yes"}, {"strange": "1"}, {"registration": "1"}, {"cursor": "x"},
        {"statementId": "a" * 8 + "-0000-4000-8000-" + "b" * 12, "limit": "1"},
    ],
)
def test_a_question_that_means_nothing_is_refused(office: Speaker, asked: dict[str, Any]) -> None:
    answer = office.get("statements", **asked)
    assert answer.status_code == 400 and answer.headers["X-Experience-API-Consistent-Through"]


def test_statements_are_never_changed(office: Speaker) -> None:
    office.say(statement())
    for change in (sa.update(Statement).values(uuid="x"), sa.delete(Statement)):
        with pytest.raises(sa.exc.DatabaseError, match=r"append-only|may not be changed|refuse"), db.session.begin_nested():
            db.session.execute(change)


def test_too_many_at_once_and_too_much_are_refused_whole(office: Speaker) -> None:
    assert office.say(*(statement() for _ in range(1001))).status_code == 400
    deep = b'{"actor":' * 3000 + b"1" + b"}" * 3000
    for body in (deep, json.dumps([statement(result={"extensions": {"http://e.org/x": "y" * 10_000_000}})]).encode()):
        assert office.ask("POST", "statements", data=body, content_type="application/json").status_code in {400, 413}
    assert office.found() == []


def test_deep_values_within_what_is_written_come_back(office: Speaker) -> None:
    value: Any = 1
    for _level in range(200):
        value = [value]
    said = statement(result={"extensions": {"http://e.org/x": value}})
    assert office.say(said).status_code == 200
    for shown in ("exact", "ids", "canonical"):
        assert office.get("statements", statementId=said["id"], format=shown).get_json()["result"] == said["result"]


@pytest.mark.parametrize("levels", [300, 880, 920, 950])
def test_what_could_be_read_and_not_be_written_is_refused(office: Speaker, levels: int) -> None:
    """Reading and writing call themselves for each level, from places that are not equally deep themselves."""
    text = json.dumps(statement(result={"extensions": {"http://e.org/x": "here"}})).replace('"here"', "[" * levels + "]" * levels)
    answer = office.ask("POST", "statements", data=text, content_type="application/json")
    assert (answer.status_code, "goes too deep" in answer.get_json(force=True)["detail"]) == (400, True)


def test_what_voids_may_itself_be_spoken_of_and_voids_nothing_again(office: Speaker) -> None:
    said = statement()
    void = voiding(said["id"])
    again = voiding(void["id"])
    office.say(said, void, again, voiding(again["id"]))
    assert office.get("statements", voidedStatementId=said["id"]).status_code == 200
    for each in (void, again):
        assert office.get("statements", statementId=each["id"]).status_code == 200
        assert office.get("statements", voidedStatementId=each["id"]).status_code == 404
    themselves = statement()
    themselves = voiding(themselves["id"], id=themselves["id"])  # one that voids itself
    assert office.say(themselves).status_code == 200
    assert office.get("statements", statementId=themselves["id"]).status_code == 200


def test_pages_stay_whole_while_more_is_stored(office: Speaker) -> None:
    """What comes meanwhile is on no later page of who reads backwards, and whoever reads forwards meets it once."""
    before = [office.say(statement()).get_json()[0] for _ in range(4)]
    newest = office.get("statements", limit="2").get_json()
    oldest = office.get("statements", limit="2", ascending="true").get_json()
    late = office.say(statement(timestamp="2020-01-01T00:00:00Z")).get_json()[0]
    backwards = [*newest["statements"], *office.ask("GET", newest["more"].removeprefix("/xapi/")).get_json()["statements"]]
    assert [each["id"] for each in backwards] == before[::-1]
    rest = office.ask("GET", oldest["more"].removeprefix("/xapi/")).get_json()
    rest_of_it = office.ask("GET", rest["more"].removeprefix("/xapi/")).get_json()["statements"] if rest["more"] else []
    forwards = [*oldest["statements"], *rest["statements"], *rest_of_it]
    assert [each["id"] for each in forwards] == [*before, late]
