"""The one table of kinds."""

import pytest

from app.access.permissions import Permission
from app.access.roles import Role
from app.learning_record.kinds import GROUPS, KINDS, EntryKind
from app.learning_record.models import RecordEntry
from app.learning_record.operations import note
from tests.browse import Browse
from tests.make import accounts, completions, factories


def test_each_kind_is_in_the_table_and_each_group_has_a_word() -> None:
    assert set(KINDS) == set(EntryKind)
    assert {kind.look for kind in KINDS.values()} <= {"plain", "done", "need", "harm"}
    assert {kind.group for kind in KINDS.values()} <= set(GROUPS)


def test_a_kind_fits_its_column() -> None:
    longest = RecordEntry.__table__.columns["kind"].type.length
    assert max(len(kind) for kind in EntryKind) <= longest


@pytest.mark.parametrize(("role", "sees"), [(Role.ADVISOR, True), (Role.TRAINER, False)])
def test_who_may_not_see_committees_sees_no_entry_of_them(browse: Browse, role: Role, sees: bool) -> None:
    factory = factories.factory()
    person = factories.person(factory, name="Member Of Committee")
    note(
        factory_id=factory.id, kind=EntryKind.COMMITTEE_JOINED, source="committee_joined:1:1", at=completions.AT,
        person_id=person.id, sex=person.sex, details={"committee": 1, "committee_kind": "safety"},
    )
    staff = browse.as_account(accounts.account(role, programme=factory.programme))
    page = staff.get(f"/factories/{factory.code}/record")
    assert ("Member Of Committee" in page.text) is sees
    assert (KINDS[EntryKind.COMMITTEE_JOINED].may is Permission.COMMITTEES_READ)


def test_a_right_at_one_factory_shows_nothing_of_another(browse: Browse) -> None:
    own, other = factories.factory(), factories.factory()
    person = factories.person(other, name="Member Of Committee")
    note(
        factory_id=other.id, kind=EntryKind.COMMITTEE_JOINED, source="committee_joined:1:1", at=completions.AT,
        person_id=person.id, sex=person.sex, details={"committee": 1, "committee_kind": "safety"},
    )
    account = accounts.account(Role.FOCAL_POINT, factory=own)
    accounts.grant(account, Role.TRAINER, programme=other.programme)
    page = browse.as_account(account).get(f"/factories/{other.code}/record")
    assert page.status == 200
    assert "Member Of Committee" not in page.text
