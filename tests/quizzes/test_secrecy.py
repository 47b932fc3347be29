"""Before release no byte that leaves the server tells right from wrong: pages, fragments, heads, sizes, files."""

import gzip
import re
from collections.abc import Iterator
from contextvars import Context
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.access.roles import Role
from app.platform.db import db
from app.platform.web import assets
from app.quizzes import operations
from app.quizzes.frozen import rights_of
from app.quizzes.gift import parse
from app.quizzes.gift.questions import Matching
from app.quizzes.models import Answer, Attempt
from app.quizzes.rules import option_ids
from tests.browse import OWN_SITE, Browse
from tests.make import accounts, quizzes

S = quizzes.SECRET
SOURCE = f"""
::one:: [plain] Which one? {{ =This one#{S} yes ~That one#{S} no ####{S} all }}

::many:: [plain] Which two? {{ ~%50%One#{S} ~%50%Two#{S} ~%-100%Three#{S} ####{S} }}

::truth:: [plain] Is it so? {{TRUE#{S} wrong#{S} right ####{S} }}

::pairs:: [plain] What belongs together? {{ =red -> stop =blue -> wait ####{S} }}

::word:: [plain] Which colour? {{ ={S}green#{S} =%50%{S}leaf#{S} ####{S} }}

::number:: [plain] How many? {{#735391:0#{S} ####{S} }}

::last:: [plain] And now? {{ =Go on#{S} ~Stop it#{S} }}
"""
KEYED = re.compile(rf"{S}|735391|\b(correct|fraction|feedback|weight|is_right)\b|Right answer")
HEADS = ({}, {"HX-Request": "true"}, {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip"}, {"If-None-Match": "*"}, {"Range": "bytes=0-99"})


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    return quizzes.room(source=SOURCE)


@pytest.fixture
def phone(browse: Browse, room: quizzes.Room) -> Browse:
    phone = browse.as_person(room.person.id, room.training.id)
    phone.post("/attempts")
    return phone


@pytest.fixture
def attempt(phone: Browse, room: quizzes.Room) -> Attempt:
    return db.session.query(Attempt).filter_by(person_id=room.person.id).one()


def both(attempt: Attempt, room: quizzes.Room) -> Iterator[tuple[int, list[str], list[str]]]:
    """Of each question its id, a right answer and a wrong one of the same length."""
    kinds = {question.code: question for question in room.questions}
    names = {code: option_ids(count, attempt.seed, code) for code, count in (("one", 2), ("many", 3), ("truth", 2), ("pairs", 2), ("last", 2))}
    [pairs] = [each for each in parse(SOURCE).questions if isinstance(each, Matching)]
    in_order = [names["pairs"][rights_of(pairs).index(right)] for _, right in pairs.pairs]
    yield kinds["one"].id, [names["one"][0]], [names["one"][1]]
    yield kinds["many"].id, [*names["many"][:2]], [*names["many"][1:]]
    yield kinds["truth"].id, [names["truth"][0]], [names["truth"][1]]
    yield kinds["pairs"].id, in_order, in_order[::-1]
    yield kinds["word"].id, [f"{S}green"], [f"{S}brown"]
    yield kinds["number"].id, ["735391"], ["735392"]
    yield kinds["last"].id, [names["last"][0]], [names["last"][1]]


def ask(phone: Browse, method: str, address: str, heads: dict[str, str], data: object = None) -> TestResponse:
    db.session.commit()
    return Context().run(lambda: phone.client.open(address, method=method, headers={**OWN_SITE, **heads}, data=data))


def everything(reply: TestResponse) -> str:
    """Head and body, unpacked."""
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(reply.headers.get("Content-Encoding", ""), bytes)
    body = unpack(reply.data) if reply.data else b""
    return str(reply.headers) + body.decode(errors="replace")


def lasting(reply: TestResponse) -> list[tuple[str, str]]:
    """The head without what differs in every reply."""
    return [(name, value) for name, value in reply.headers if name not in {"X-Request-Id", "Date", "Set-Cookie"}]


def addresses(attempt: Attempt, room: quizzes.Room) -> list[str]:
    base = f"/attempts/{attempt.id}"
    pages = ["/attempts", base, f"{base}/review", f"{base}/late", f"/join/{room.training.code}", "/", "/mine"]
    pages += [f"{base}/questions/{number}" for number in range(9)]
    return pages + [f"{base}/answers/{question.id}" for question in room.questions]


@pytest.mark.slow
def test_no_page_in_no_form_holds_a_key(phone: Browse, attempt: Attempt, room: quizzes.Room) -> None:
    asked = [("GET", heads) for heads in HEADS] + [("HEAD", {}), ("OPTIONS", {})]
    for address in addresses(attempt, room):
        for method, heads in asked:
            reply = ask(phone, method, address, heads)
            assert reply.status_code < 400 or address.endswith(("/0", "/8", "/mine"))
            found = KEYED.search(everything(reply))
            assert not found, f"{method} {address} {heads}: {found}"
            assert reply.headers["Cache-Control"] == "no-store"
            assert not {"ETag", "Last-Modified"} & set(reply.headers.keys())


@pytest.mark.slow
def test_no_reply_to_a_save_holds_a_key_not_even_a_refusal(phone: Browse, attempt: Attempt, room: quizzes.Room) -> None:
    posts: list[tuple[str, dict[str, Any]]] = []
    for question_id, right, wrong in both(attempt, room):
        path = f"/attempts/{attempt.id}/answers/{question_id}"
        good = {"choice": [text.replace(S, "") for text in right], "revision": "0"}
        posts += [(path, good), (path, good), (path, good | {"choice": [text.replace(S, "") for text in wrong], "revision": "7"}), (path, good | {"revision": ""}),
                  (path, {"choice": "x" * 20_000, "revision": "1"}), (path, {"choice": "nonsense", "revision": "1"}), (path, good | {"plain": "yes"})]  # fmt: skip
    posts += [(f"/attempts/{attempt.id}/submission", {}), (posts[0][0], {"choice": posts[2][1]["choice"], "revision": "1"})]
    for address, data in posts:
        for heads in HEADS[:4]:
            reply = ask(phone, "POST", address, heads, data)
            assert reply.status_code < 500
            assert not KEYED.search(everything(reply).replace('value="735391"', "")), address  # what was typed comes back
    for address in addresses(attempt, room):
        assert not KEYED.search(everything(ask(phone, "GET", address, {})))


@pytest.mark.parametrize("packed", ["identity", "gzip", "br"])
@pytest.mark.parametrize("form", [{}, {"plain": "yes"}])
def test_saves_of_right_and_wrong_answers_are_the_same_bytes(
    phone: Browse, attempt: Attempt, room: quizzes.Room, packed: str, form: dict[str, str]
) -> None:
    for question_id, *choices in both(attempt, room):
        replies, reviews = [], []
        for choice in choices:
            data = {"choice": choice, "revision": "0", **form}
            reply = ask(phone, "POST", f"/attempts/{attempt.id}/answers/{question_id}", {"Accept-Encoding": packed}, data)
            assert reply.status_code == (303 if form else 200)
            replies.append((lasting(reply), reply.data))
            review = ask(phone, "GET", f"/attempts/{attempt.id}/review", {"Accept-Encoding": packed})
            reviews.append((lasting(review), review.data))
            assert db.session.query(Answer).filter_by(question_id=question_id).one().choice != []
            db.session.query(Answer).filter_by(question_id=question_id).delete()
        assert replies[0] == replies[1]
        assert reviews[0] == reviews[1]


def test_two_who_answer_all_right_and_all_wrong_get_pages_of_one_length(browse: Browse, room: quizzes.Room) -> None:
    """What differs between their pages are the names of options and the codes, and those are all of one length."""
    walks = []
    for place, person in enumerate((room.person, room.another(name=room.person.name, language=room.person.language))):
        phone = browse.as_person(person.id, room.training.id)
        phone.post("/attempts")
        attempt = db.session.query(Attempt).filter_by(person_id=person.id).one()
        sizes = []
        for question_id, *choices in both(attempt, room):
            path = f"/attempts/{attempt.id}/answers/{question_id}"
            reply = ask(phone, "POST", path, {}, {"choice": choices[place], "revision": "0"})
            sizes.append((len(reply.data), len(str(lasting(reply)))))
            again = ask(phone, "GET", f"/attempts/{attempt.id}/questions/{room.questions.index(next(q for q in room.questions if q.id == question_id)) + 1}", {})
            sizes.append((len(again.data), len(str(lasting(again)))))
        walks.append(sizes)
    assert walks[0] == walks[1]


def test_what_the_trainer_sees_while_people_answer_holds_no_key(browse: Browse, attempt: Attempt, room: quizzes.Room) -> None:
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=room.training.programme))
    page = f"/sessions/{room.training.id}/quizzes/{room.unit_id}"
    for address in (page, f"{page}/codes", f"{page}/finished", f"/sessions/{room.training.id}"):
        assert not KEYED.search(everything(ask(trainer, "GET", address, {}))), address


def test_no_file_that_browsers_fetch_holds_a_key_or_an_answer(tmp_path: Path) -> None:
    """Assets are built from the sources of the product alone: no text of a bank is among them."""
    built = assets.build(assets.collect(assets.ROOT), tmp_path)
    texts = [(tmp_path / name).read_text() for plain, name in built.names.items() if plain.endswith((".js", ".css"))]
    assert not any(S in text or re.search(r"\b(fraction|is_right|answer_key)\b", text) for text in texts)


def test_after_release_the_reasons_are_there(phone: Browse, attempt: Attempt, room: quizzes.Room) -> None:
    operations.submit(room.actor, attempt.id)
    assert not KEYED.search(everything(ask(phone, "GET", f"/attempts/{attempt.id}", {})))
    room.window().closes_at = room.window().closes_at.replace(year=2020)
    assert S in everything(ask(phone, "GET", f"/attempts/{attempt.id}", {}))
