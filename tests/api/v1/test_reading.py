"""What programs read: lists page by page, single things, and what they are refused."""

import io

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.permissions import Permission
from app.access.roles import Role
from app.accounts.models import RoleGrant
from app.api.door import MOST_A_MINUTE
from app.api.tokens.rules import TokenScope
from app.api.v1.resources import RESOURCES
from app.factories.rules import FactoryStatus
from app.platform.clock import now
from app.platform.db import db
from app.platform.web.throttle import RateCounter
from app.sessions import operations as sessions_verbs
from tests.browse import Browse, Reply
from tests.make import accounts, certificates, completions, courses, coverage, sessions
from tests.make import factories as make
from tests.make.reports import Counted
from tests.make.statements import counted
from tests.make.tokens import Token, token

ALL = tuple(TokenScope)
PROBLEM = "application/problem+json"


@pytest.fixture
def key(app: Flask) -> Token:
    """A token of somebody who sees everything."""
    return token(accounts.account(Role.ADMINISTRATOR), *ALL)


def ask(browse: Browse, key: Token | None, path: str, status: int = 200, **headers: str) -> dict[str, object]:
    reply = asked(browse, key, path, **headers)
    assert (reply.status, reply.response.mimetype) == (status, "application/json" if status == 200 else PROBLEM), reply.response.text
    return dict(reply.response.get_json(force=True))


def asked(browse: Browse, key: Token | None, path: str, **headers: str) -> Reply:
    return browse.get(f"/api/v1/{path}", headers={**(key.header if key else {}), **headers})


def items(browse: Browse, key: Token, path: str) -> list[dict[str, object]]:
    return ask(browse, key, path)["items"]  # type: ignore[return-value]


def test_factories(browse: Browse, key: Token) -> None:
    one = make.factory("KH-001", name="One", local_name="មួយ", os_id="KH2020", products=["knit"])
    make.factory("KH-002", status=FactoryStatus.PAUSED)
    make.factory("BD-001", programme_id=make.programme("BD", zone="Asia/Dhaka", country="BD").id)
    assert [each["code"] for each in items(browse, key, "factories")] == ["KH-001", "KH-002", "BD-001"]
    assert [each["code"] for each in items(browse, key, "factories?programme=KH&status=paused")] == ["KH-002"]
    assert ask(browse, key, "factories/KH-001") == {
        "id": one.id, "code": "KH-001", "name": "One", "local_name": "មួយ", "programme": "KH", "country": "KH", "province": "Kandal",
        "language": "km", "group": None, "export_zone": None, "os_id": "KH2020", "slcp_id": None, "status": "active", "closed_on": None,
        "products": ["knit"],
    }
    ask(browse, key, "factories/KH-999", 404)


def test_people_without_telephone_and_mail(browse: Browse, key: Token) -> None:
    factory, other = make.factory(), make.factory()
    person = make.person(factory, phone="+85512345678", email="dara@people.example", birth_band="1990-1994")
    make.person(other)
    found = asked(browse, key, f"people?factory={factory.code}&employed=true")
    assert [each["id"] for each in found.response.get_json()["items"]] == [person.id]
    assert not [secret for secret in ("+855", "dara@", "1990") if secret in found.response.text]
    one = ask(browse, key, f"people/{person.id}")
    assert one["employments"] == [{"factory": factory.code, "employee_number": one["employments"][0]["employee_number"], "role": "supervisor",  # type: ignore[index]
                                   "designation": None, "line": None, "started_on": one["employments"][0]["started_on"], "ended_on": None}]  # type: ignore[index]
    assert items(browse, key, f"people?factory={factory.code}&employed=false") == []


def test_employments_elsewhere_are_not_told(browse: Browse) -> None:
    """Somebody who moved is known to both factories; each learns of its own time alone."""
    own, other = make.factory(), make.factory()
    person = make.person(own)
    make.employ(person, other, make.JobRole.OPERATOR, number="X1")
    theirs = token(accounts.account(Role.FOCAL_POINT, factory=own), TokenScope.PEOPLE_READ)
    [found] = items(browse, theirs, "people")
    assert [each["factory"] for each in found["employments"]] == [own.code]  # type: ignore[attr-defined]


def test_people_that_turned_out_to_be_one_or_were_erased_are_not_there(browse: Browse, key: Token) -> None:
    factory = make.factory()
    person, duplicate, gone = (make.person(factory) for _each in range(3))
    completion = completions.completion(duplicate, courses.version(), factory)
    duplicate.merged_into_id, gone.erased_at = person.id, now()
    assert [each["id"] for each in items(browse, key, "people")] == [person.id]
    ask(browse, key, f"people/{duplicate.id}", 404)
    ask(browse, key, f"people/{gone.id}", 404)
    assert [(each["id"], each["person"]) for each in items(browse, key, f"completions?person={person.id}")] == [(completion.id, person.id)]


def test_a_cursor_that_is_none_is_said_in_words(browse: Browse, key: Token) -> None:
    for path in ("completions?cursor=xx", "people?cursor=u1.1"):
        assert ask(browse, key, path, 400)["errors"] == [{"name": "cursor", "detail": "Give `next_cursor` of an answer of this list, as it came."}]


def test_what_becomes_of_the_owner_counts_with_the_next_request(browse: Browse) -> None:
    factory = make.factory()
    owner = accounts.account(Role.FOCAL_POINT, factory=factory)
    theirs = token(owner, TokenScope.FACTORIES_READ, TokenScope.COVERAGE_READ)
    assert len(items(browse, theirs, "factories")) == 1
    held = db.session.query(RoleGrant).filter_by(account_id=owner.id).one()
    held.role = Role.FACTORY_AMBASSADOR
    db.session.flush()
    ask(browse, theirs, "coverage", 403)
    ask(browse, theirs, "factories", 403)
    held.role, held.factory_id = Role.FOCAL_POINT, make.factory().id
    db.session.flush()
    ask(browse, theirs, f"factories/{factory.code}", 404)
    owner.disabled_at = now()
    db.session.flush()
    ask(browse, theirs, "factories", 401)


def test_sessions(browse: Browse, key: Token) -> None:
    version = courses.version()
    first, second = (sessions.training(version=version, days=days) for days in ((-9, -8), (7, 8)))
    sessions_verbs.confirm(SYSTEM, second.id)
    found = items(browse, key, f"sessions?course={version.course.code}&programme=KH")
    assert [(each["id"], each["state"], len(each["half_days"])) for each in found] == [(first.id, "tentative", 2), (second.id, "confirmed", 2)]  # type: ignore[arg-type]
    soon = now().strftime("%Y-%m-%dT%H:%M:%SZ")
    assert [each["id"] for each in items(browse, key, f"sessions?starts_from={soon}")] == [second.id]
    text = asked(browse, key, "sessions").response.text
    assert second.code not in text
    assert "join_url" not in text


def test_completions_and_certificates(browse: Browse, key: Token) -> None:
    factory, version = make.factory(), courses.version()
    person = make.person(factory)
    certificate = certificates.drawn(certificates.certificate(person, factory, version))
    withdrawn = completions.completion(make.person(factory), version, factory, withdrawn_at=now())
    found = items(browse, key, f"completions?factory={factory.code}&course={version.course.code}&programme=KH")
    assert [(each["id"], each["person"], each["withdrawn_at"] is None) for each in found] == [
        (certificate.completion_id, person.id, True), (withdrawn.id, withdrawn.person_id, False)]
    assert [each["id"] for each in items(browse, key, "completions?withdrawn_since=2020-01-01T00:00:00Z")] == [withdrawn.id]
    assert len(items(browse, key, "completions?completed_from=2026-11-20T09:00:00Z")) == 2
    assert items(browse, key, "completions?completed_before=2026-11-20T09:00:00Z") == []
    [told] = items(browse, key, f"certificates?factory={factory.code}&course={version.course.code}&state=valid")
    assert (told["id"], told["completion"], told["state"], told["has_file"]) == (certificate.id, certificate.completion_id, "valid", True)
    assert told["verify_url"] == f"http://localhost/c/{certificate.code}"
    assert browse.get(f"/c/{certificate.code}").status == 200
    assert items(browse, key, "certificates?state=revoked") == []


def test_coverage(browse: Browse, key: Token) -> None:
    factory, version = make.factory(), courses.version()
    coverage.require(make.programme(), version)
    people = [make.person(factory) for _each in range(4)]
    completions.completion(people[0], version, factory)
    coverage.settle()
    [found] = items(browse, key, f"coverage?factory={factory.code}&programme=KH")
    [row] = found["requirements"]  # type: ignore[misc]
    assert (row["code"], row["active"], row["covered"], row["share"], row["is_met"]) == (version.course.code, 4, 1, 0.25, False)  # type: ignore[index]
    for day in ("0001-01-01", "9999-12-31", "2026-11-01"):
        assert len(items(browse, key, f"coverage?on={day}")) == 1


def test_indicators_one_programme_an_answer(browse: Browse, key: Token) -> None:
    make.programme()
    make.programme("BD", zone="Asia/Dhaka", country="BD")
    first = ask(browse, key, "indicators?first=2026-10-01&last=2026-11-26&split=sex")
    [told] = first["items"]  # type: ignore[misc]
    assert (told["programme"], told["first"], told["last"], first["has_more"]) == ("KH", "2026-10-01", "2026-11-26", True)  # type: ignore[index]
    assert {"persons", "participations"} <= {each["indicator"] for each in told["figures"]}  # type: ignore[index]
    assert [each["programme"] for each in items(browse, key, f"indicators?cursor={first['next_cursor']}")] == ["BD"]
    for odd in ("first=2026-01-01", "last=2026-01-01", "first=2026-01-02&last=2026-01-01", "first=0001-01-01&last=9999-12-31", "first=2020-01-01&last=2026-01-01"):
        reply = browse.get(f"/api/v1/indicators?{odd}", headers=key.header)
        assert (reply.status, reply.response.get_json()["errors"][0]["name"]) == (409, "last"), odd


def test_indicators_of_few_people_have_no_numbers_for_who_may_not_read_people(browse: Browse, key: Token) -> None:
    """And nobody's numbers have digits in which two engines differ."""
    Counted()
    alone, numbers = token(accounts.account(Role.ADMINISTRATOR), TokenScope.INDICATORS_READ), ("top", "of", "low", "high")
    path = "indicators?first=2026-01-01&last=2026-03-31&split=sex"
    seen, guarded = ({(each["indicator"], each["value"]): each for each in items(browse, who, path)[0]["figures"]} for who in (key, alone))  # type: ignore[attr-defined]
    assert [seen["persons", value]["top"] for value in ("", "F", "M")] == [5, 4, 1]
    assert guarded["persons", ""]["top"] == 5
    few = [place for place, each in guarded.items() if each["is_hidden"]]
    assert {("persons", "F"), ("persons", "M"), ("gain", "")} <= set(few)
    assert {guarded[place][name] for place in few for name in numbers} == {None}
    assert None not in {seen[place]["top"] for place in few}
    ends = [each[name] for each in seen.values() for name in numbers if isinstance(each[name], float)]
    assert any(each % 0.001 for each in ends) and ends == [round(each, 6) for each in ends]


def test_indicators_of_no_other_programme(browse: Browse) -> None:
    """Nor of any, for a token that reaches factories alone: a report is never one factory's."""
    factory, abroad = make.factory(), make.programme("BD", zone="Asia/Dhaka", country="BD")
    manager = token(accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme), *ALL)
    owner = accounts.account(Role.ADMINISTRATOR)
    narrow = token(owner, TokenScope.INDICATORS_READ, programme_id=abroad.id)
    narrower = token(owner, TokenScope.INDICATORS_READ, TokenScope.PEOPLE_READ, factories=[factory.code])
    for held, codes in ((manager, ["KH"]), (narrow, ["BD"]), (narrower, [])):
        assert [each["programme"] for each in items(browse, held, "indicators")] == codes
        for code in {"KH", "BD"} - set(codes):
            assert items(browse, held, f"indicators?programme={code}") == []


@pytest.mark.parametrize("resource", [each for each in RESOURCES if each.most != 1], ids=lambda resource: resource.name)
def test_pages_in_a_fixed_number_of_statements(browse: Browse, key: Token, resource: object) -> None:
    """However many entries there are; and while some are added, each is told once."""
    version, name = courses.version(), resource.name  # type: ignore[attr-defined]
    coverage.require(make.programme(), version)

    def more() -> None:
        factory = make.factory()
        certificates.drawn(certificates.certificate(make.person(factory), factory, version))

    for _each in range(3):
        more()
    asked(browse, key, name)  # the token is noted as used
    with counted() as few:
        first = ask(browse, key, f"{name}?limit=2")
    with counted() as many:
        ask(browse, key, f"{name}?limit=200")
    assert len(few) == len(many) < 22
    seen = [each["id"] for each in first["items"]]  # type: ignore[attr-defined]
    assert first["has_more"]
    more()
    rest = ask(browse, key, f"{name}?limit=200&cursor={first['next_cursor']}")
    seen += [each["id"] for each in rest["items"]]  # type: ignore[attr-defined]
    assert seen == sorted(set(seen)) == [each["id"] for each in items(browse, key, name)]
    assert not rest["has_more"]
    after = ask(browse, key, f"{name}?cursor={rest['next_cursor']}")
    assert (after["items"], after["next_cursor"]) == ([], None)
    more()
    assert len(items(browse, key, f"{name}?cursor={rest['next_cursor']}")) == 1


def test_nothing_is_sent_twice(browse: Browse, key: Token) -> None:
    make.factory()
    first = asked(browse, key, "factories")
    tag = first.response.headers["ETag"]
    assert first.response.headers["Cache-Control"] == "private, no-cache"
    assert "Authorization" in first.response.headers["Vary"]
    assert tag.startswith('W/"')
    for held in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = asked(browse, key, "factories", **{"If-None-Match": held, "Accept-Encoding": "gzip"})
        assert (again.status, again.response.data, again.response.headers["ETag"]) == (304, b"", tag)
    make.factory()
    assert asked(browse, key, "factories", **{"If-None-Match": tag}).status == 200
    assert asked(browse, None, "factories", **{"If-None-Match": tag}).status == 401
    for named in (tag, tag.removeprefix("W/"), '"another"'):  # weak tags match no `If-Match` (RFC 9110): a problem, and no list beside it
        assert "items" not in ask(browse, key, "factories", 412, **{"If-Match": named})
    assert "items" in ask(browse, key, "factories", **{"If-Match": "*"})
    assert asked(browse, key, "factories", **{"If-Match": "*", "If-None-Match": "*"}).status == 304


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=201", "limit=1&limit=2", "limit=1_0", "limit= 1", "limit=", "cursor=x", "cursor=c1'--", "sort=name", "id=1&id=2", "factory=", "factory=" + "x" * 61,
     "employed=yes", "_method=DELETE", "limit=9999999999", "limit=%00", "cursor=c1111111", "factory=%F0%9F%98%80" * 30],
)
def test_questions_that_are_not_understood(browse: Browse, key: Token, query: str) -> None:
    problem = ask(browse, key, f"people?{query}", 400)
    assert problem["status"] == 400


def test_the_problem_names_the_parameter(browse: Browse, key: Token) -> None:
    problem = ask(browse, key, "people?limit=0&sort=name", 400)
    assert problem["errors"] == [{"name": "limit", "detail": "Input should be greater than or equal to 1"}, {"name": "sort", "detail": "There is no such parameter."}]
    assert ask(browse, key, "factories/X?limit=1", 400)["errors"] == [{"name": "limit", "detail": "There is no such parameter."}]


def test_wrong_tokens_and_foreign_scopes(browse: Browse, key: Token) -> None:
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": key.header["Authorization"][:-1] + "x"}, {"Authorization": f"Basic {key.text}"}):
        reply = asked(browse, None, "factories", **headers)
        assert (reply.status, reply.response.headers["WWW-Authenticate"]) == (401, 'Bearer realm="Seamwise"')
    assert asked(browse, None, f"factories?access_token={key.text}").status == 401
    for resource in RESOURCES:
        others = [scope for scope in TokenScope if scope is not resource.scope]
        lacking = token(accounts.account(Role.ADMINISTRATOR), *others)
        reply = asked(browse, lacking, resource.name)
        assert (reply.status, reply.response.mimetype) == (403, PROBLEM)
        assert resource.scope.value in reply.response.get_json(force=True)["detail"]
        assert reply.response.headers["WWW-Authenticate"] == f'Bearer error="insufficient_scope", scope="{resource.scope.value}"'
    owner = accounts.account(Role.FOCAL_POINT, factory=make.factory())
    narrow = token(owner, TokenScope.PEOPLE_READ)  # whatever the scope rests on: this one has not even the permission
    assert "coverage:read" in str(ask(browse, narrow, "coverage", 403)["detail"])


def test_a_cookie_opens_nothing_and_none_is_set(browse: Browse, key: Token) -> None:
    signed_in = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    assert asked(signed_in, None, "factories").status == 401
    reply = asked(signed_in, key, "factories")
    assert reply.status == 200
    assert "Set-Cookie" not in reply.response.headers
    assert "Access-Control-Allow-Origin" not in reply.response.headers


def test_other_methods(browse: Browse, key: Token) -> None:
    make.factory()
    db.session.commit()
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE"):
        reply = browse.client.open("/api/v1/factories", method=method, headers=key.header)
        assert (reply.status_code, reply.mimetype) == (405, PROBLEM)
        assert set(reply.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    head, whole = (browse.client.open("/api/v1/factories", method=method, headers=key.header) for method in ("HEAD", "GET"))
    assert (head.status_code, head.data, head.headers["ETag"], head.headers["Content-Length"]) == (200, b"", whole.headers["ETag"], whole.headers["Content-Length"])
    options = browse.client.open("/api/v1/factories", method="OPTIONS")
    assert (options.status_code, options.data) == (200, b"")
    large = b"x" * 26 * 1024 * 1024
    chunked = {"wsgi.input": io.BytesIO(large), "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    for body in ({"data": large}, {"environ_overrides": chunked}):
        reply = browse.get("/api/v1/factories", headers=key.header, content_type="application/x-www-form-urlencoded", **body)
        assert (reply.status, reply.response.mimetype) == (413, PROBLEM)


def test_too_many_requests(browse: Browse, key: Token) -> None:
    assert asked(browse, key, "factories").status == 200
    db.session.query(RateCounter).filter(RateCounter.key == f"api:{key.row.id}").update({"tries": MOST_A_MINUTE})
    problem = asked(browse, key, "factories")
    assert (problem.status, problem.response.mimetype) == (429, PROBLEM)
    wait = int(problem.response.headers["Retry-After"])
    assert 0 < wait <= 60
    assert problem.response.headers["RateLimit"] == f'"token";r=0;t={wait}'
    other = token(accounts.account(Role.ADMINISTRATOR), *ALL)
    reply = asked(browse, other, "factories?limit=x")
    assert (reply.status, reply.response.headers["RateLimit-Policy"]) == (400, f'"token";q={MOST_A_MINUTE};w=60')
    assert reply.response.headers["RateLimit"].startswith(f'"token";r={MOST_A_MINUTE - 1};t=')


def test_faults_of_ours_are_problems_too(browse: Browse, key: Token, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("a secret of the machine room")

    monkeypatch.setattr("app.api.v1.resource.Resource.page", broken)
    reply = asked(browse, key, "factories")
    assert (reply.status, reply.response.mimetype) == (500, PROBLEM)
    assert "secret" not in reply.response.text


def test_what_the_owner_lacks_is_refused(browse: Browse) -> None:
    """A scope that its owner's role does not hold any more."""
    trainer = accounts.account(Role.ADVISOR, programme=make.programme())
    held = token(trainer, *[scope for scope in TokenScope if scope in {TokenScope.CERTIFICATES_READ, TokenScope.COVERAGE_READ}])
    assert asked(browse, held, "coverage").status == 200
    trainer.grants[0].role = Role.GROUP_VIEWER
    db.session.flush()
    reply = asked(browse, held, "coverage")
    assert (reply.status, reply.response.mimetype) == (403, PROBLEM)
    assert Permission.COVERAGE_READ not in accounts.actor(trainer).permissions


def test_no_secret_stands_in_the_log(browse: Browse, key: Token, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(0):
        asked(browse, key, "factories")
        asked(browse, None, f"factories?token={key.text}")
    assert key.text not in caplog.text
