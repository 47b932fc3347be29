"""A factory consents, and ends it; nobody else does."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.permissions import Permission
from app.access.roles import ROLE_PERMISSIONS, Role
from app.coverage.models import Requirement
from app.platform.audit.models import AuditEntry
from app.platform.clock import telling, today
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.reports.rules.period import Span
from app.reports.sharing import counting, operations, queries
from app.reports.sharing.operations import Changed, Wanted
from app.reports.sharing.rules import Aggregate
from tests.browse import Browse
from tests.make import accounts, factories, sharing
from tests.make.statements import counted

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures('app')]


def shown(figures: object) -> dict[str, object]:
    return {each.aggregate.value: each.told.value for each in figures}  # type: ignore[attr-defined]


def test_figures_are_those_of_the_factory_and_the_period(monkeypatch: pytest.MonkeyPatch) -> None:
    """30 supervisors; 23 attended, for 69 hours; 17 of these are certified and covered. A committee of six."""
    world = sharing.one_factory()
    with telling(sharing.within_quarter()):
        sharing.taught(world.factory.programme, world.training.version, "Another", 40, 40, 40)
    made = sharing.given(world.factory)
    assert shown(queries.figures(made.consent)) == {
        "coverage": 50, "persons": 20, "participations": 20, "hours": 60, "certification": 50, "committees": 1,
    }
    with counted() as seen:
        alone = sharing.given(world.factory, Aggregate.PERSONS)
    assert not [each for each in seen if "committee_member" in each], "types of people cost a look at their work"
    assert shown(queries.figures(alone.consent)) == {"persons": 20}, "what was not chosen is not even kept"
    monkeypatch.setattr(counting, "after_findings", lambda _programme: frozenset(db.session.scalars(sa.select(Requirement.id))))
    assert sharing.given(world.factory, Aggregate.COVERAGE).consent.figures == [], "its name would tell of a finding"


def test_a_preview_costs_what_one_factory_costs() -> None:
    """Whatever others there are: each statement that reads many rows reads those of the factory."""
    world = sharing.one_factory()
    actor = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=world.factory))
    wanted = Wanted("Marigold", sharing.quarter(), tuple(Aggregate), today("Asia/Phnom_Penh"))
    with counted() as seen:
        operations.preview(actor, world.factory.code, wanted)
    own = {"current_mark": "seat.factory_id = ", "committee_member": "factory.id = ", "coverage_movement": ".factory_id IN"}
    for table, factory in own.items():
        [reading] = [each for each in seen if table in each]
        assert factory in reading
    assert len(seen) == 13


def test_a_factory_of_few_tells_nothing() -> None:
    world = sharing.one_factory(people=4, attended=4, certified=4)
    figures = queries.figures(sharing.given(world.factory).consent)
    assert {each.told.value for each in figures if each.aggregate is not Aggregate.COMMITTEES} == {None}


def test_figures_stay_as_they_were_and_one_person_more_is_not_seen() -> None:
    world = sharing.one_factory()
    made = sharing.given(world.factory)
    before = made.consent.figures
    with telling(sharing.within_quarter()):
        sharing.attend(world.training, world.people[23], world.factory)
    again = sharing.given(world.factory, buyer="Somebody else")
    assert made.consent.figures == before == again.consent.figures
    with telling(sharing.within_quarter()):
        for person in world.people[24:26]:
            sharing.attend(world.training, person, world.factory)
    renewed = sharing.given(world.factory)
    assert shown(queries.figures(renewed.consent))["persons"] == 25 and made.consent.figures == before


def test_consent_needs_what_was_looked_at() -> None:
    world = sharing.one_factory()
    actor = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=world.factory))
    wanted = Wanted("Buyer", sharing.quarter(), [Aggregate.PERSONS], today("Asia/Phnom_Penh"))
    seen = operations.mark(operations.preview(actor, world.factory.code, wanted))
    with telling(sharing.within_quarter()):
        for person in world.people[23:]:
            sharing.attend(world.training, person, world.factory)
    with pytest.raises(Changed):
        operations.consent(actor, world.factory.code, wanted, seen, "a" * 32)


def test_the_same_form_twice_is_one_consent() -> None:
    world = sharing.one_factory()
    actor = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=world.factory))
    wanted = Wanted("Buyer", sharing.quarter(), [Aggregate.PERSONS], today("Asia/Phnom_Penh"))
    seen = operations.mark(operations.preview(actor, world.factory.code, wanted))
    first, second = (operations.consent(actor, world.factory.code, wanted, seen, "b" * 32) for _time in range(2))
    assert first.consent is second.consent and first.token and not second.token
    other = factories.factory(name="Other")
    with pytest.raises(Refused, match="sent before"):
        operations.consent(accounts.actor(accounts.account(Role.FOCAL_POINT, factory=other)), other.code, wanted, seen, "b" * 32)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"aggregates": ()}, "at least one"), ({"last_day": date(2020, 1, 1)}, "from today"),
        ({"last_day": date(2099, 1, 1)}, "from today"), ({"span": Span(date(2026, 1, 2), date(2026, 3, 30))}, "of the list"),
    ],
)  # fmt: skip
def test_what_is_refused(change: dict[str, object], words: str) -> None:
    factory = factories.factory()
    actor = accounts.actor(accounts.account(Role.FOCAL_POINT, factory=factory))
    said = {"buyer": "B", "span": sharing.quarter(), "aggregates": [Aggregate.PERSONS], "last_day": today(factory.programme.zone)}
    with pytest.raises(Refused, match=words):
        operations.preview(actor, factory.code, Wanted(**{**said, **change}))


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.ADVISOR])
def test_staff_see_that_there_is_a_consent_and_cannot_give_or_end_one(browse: Browse, role: Role) -> None:
    world = sharing.one_factory()
    made, factory = sharing.given(world.factory), world.factory
    place = {} if role is Role.ADMINISTRATOR else {"programme": factory.programme}
    account = accounts.account(role, **place)
    staff, address = browse.as_account(account), f"/factories/{factory.code}"
    panel = staff.get(f"{address}/sharing")
    assert panel.status == 200 and "Marigold & Sons" in panel.text and "Show figures" not in panel.text
    one = staff.get(f"{address}/sharing/{made.consent.id}")
    assert one.status == 200 and "at least 20" in one.text and "End it" not in one.text
    assert staff.get(f"{address}/sharing/new").status == staff.get(f"{address}/sharing/preview").status == 404
    assert staff.post(f"{address}/sharing").status == staff.post(f"{address}/sharing/{made.consent.id}/end").status == 404
    assert queries.opened(made.token) is not None
    actor, wanted = accounts.actor(account), Wanted("B", sharing.quarter(), [Aggregate.PERSONS], today("Asia/Phnom_Penh"))
    for verb in (lambda: operations.end(actor, factory.code, made.consent.id), lambda: operations.consent(actor, factory.code, wanted, "", "d" * 32)):
        with pytest.raises(NotFound):
            verb()
    holders = {each for each, held in ROLE_PERMISSIONS.items() if Permission.SHARING_CONSENT in held}
    assert holders == {Role.FOCAL_POINT}


def test_another_factory_sees_and_ends_nothing(browse: Browse) -> None:
    world = sharing.one_factory()
    made, other = sharing.given(world.factory), factories.factory(name="Other")
    speaker = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=other))
    for code in (world.factory.code, other.code):
        assert speaker.get(f"/factories/{code}/sharing/{made.consent.id}").status == 404
        assert speaker.post(f"/factories/{code}/sharing/{made.consent.id}/end").status == 404
    assert queries.opened(made.token) is not None
    both = accounts.account(Role.FOCAL_POINT, factory=other)
    accounts.grant(both, Role.FOCAL_POINT, factory=world.factory)
    one = f"sharing/{made.consent.id}"
    speaker = browse.as_account(both)
    assert [speaker.get(f"/factories/{code}/{one}").status for code in (world.factory.code, other.code)] == [200, 404]


def test_a_factory_shows_and_ends_it_in_the_browser(browse: Browse) -> None:
    world = sharing.one_factory()
    code = world.factory.code
    speaker = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=world.factory))
    assert "Nothing is shown to buyers" in speaker.get(f"/factories/{code}/sharing").text
    form = speaker.get(f"/factories/{code}/sharing/new")
    period = next(each for each in form.all("option") if each.get("value", "").startswith(str(sharing.quarter().first))).get("value")
    said = {"buyer": " Marigold  & Sons ", "period": period, "aggregates": ["persons", "coverage"], "last_day": str(today("UTC") + timedelta(days=90))}
    preview = speaker.get(f"/factories/{code}/sharing/preview", query_string=said)
    assert preview.status == 200 and "at least 20" in preview.text and "Person-hours" not in preview.text
    hidden = [(each.get("name"), each.get("value")) for each in preview.all("input") if each.get("type") == "hidden"]
    data: dict[str, list[str]] = {}
    for name, value in hidden:
        data.setdefault(str(name), []).append(str(value))
    given = speaker.post(f"/factories/{code}/sharing", data)
    assert given.status == 200
    link = next(each.get("value") for each in given.all("input") if each.get("id") == "link")
    assert speaker.post(f"/factories/{code}/sharing", data).status == 303, "sent twice it is one"
    token = str(link).rpartition("/")[2]
    found = queries.opened(token)
    assert found is not None and found.buyer == "Marigold & Sons" and len(token) >= 43
    assert token not in str(db.session.execute(sa.select(sa.text("*")).select_from(sa.text("sharing_consent"))).all())
    assert "Works until" in speaker.get(f"/factories/{code}/sharing").text
    for page in (preview, speaker.get(f"/factories/{code}/sharing/{found.id}")):
        for words in ("What is shown", "To whom", "Until when", "How it is taken back", "What cannot be taken back"):
            assert words in page.text, words
    assert speaker.post(f"/factories/{code}/sharing/{found.id}/end").status == 303
    assert speaker.post(f"/factories/{code}/sharing/{found.id}/end").status == 303
    assert queries.opened(token) is None and "Ended" in speaker.get(f"/factories/{code}/sharing").text
    entries = db.session.scalars(sa.select(AuditEntry.action).where(AuditEntry.action.like("sharing.%"))).all()
    assert sorted(entries) == ["sharing.consent", "sharing.end"], "ending twice is ending once"


def test_the_system_consents_for_nobody_by_a_role() -> None:
    """Only verbs that the demo tells run as the system; no role of staff reaches one."""
    with pytest.raises(NotFound):
        operations.end(SYSTEM, "NOWHERE", 1)
