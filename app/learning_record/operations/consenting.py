"""Whether a factory may see what a person learned elsewhere before: the person says so, here or on paper."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.consents.models import ConsentBy, HistoryConsent
from app.factories.consents.queries import given, has_lapsed
from app.factories.models import Factory
from app.factories.queries import factory_by_code, open_employment, person
from app.platform import audit
from app.platform.clock import now, today
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused

_MAY = Permission.PEOPLE_EDIT


def consent(actor: Actor, code: str) -> None:
    """The person who acts lets a factory see it. Raises Refused for a factory where the person does not work."""
    person_id, factory = _own(actor, code)
    if open_employment(person_id, factory_id=factory.id) is None:
        raise Refused(_("You do not work at this factory."))
    _give(actor, person_id, factory, ConsentBy.OWN_PAGE)


def withdraw_consent(actor: Actor, code: str) -> None:
    """The person who acts takes it back; it works at once. Where nothing was given nothing changes."""
    person_id, factory = _own(actor, code)
    _withdraw(actor, person_id, factory.id, ConsentBy.OWN_PAGE)


def note_consent(actor: Actor, person_id: int, code: str) -> None:
    """Somebody of the factory wrote down that a person agreed on paper. Raises NotFound out of scope."""
    factory = factory_by_code(actor, code, _MAY)
    found = person(actor, person_id, _MAY)
    if found.erased_at is not None or open_employment(found.id, factory_id=factory.id) is None:
        raise NotFound
    _give(actor, found.id, factory, ConsentBy.PAPER)


def note_withdrawal_of_consent(actor: Actor, person_id: int, code: str) -> None:
    """Somebody of the factory wrote down that a person took it back. Raises NotFound out of scope."""
    factory = factory_by_code(actor, code, _MAY)
    _withdraw(actor, person(actor, person_id, _MAY).id, factory.id, ConsentBy.PAPER)


def _own(actor: Actor, code: str) -> tuple[int, Factory]:
    found = db.session.scalar(sa.select(Factory).where(Factory.code == code))
    if actor.person_id is None:
        raise NotFound
    if found is None:
        raise Refused(_("You do not work at this factory."))
    return actor.person_id, found


def _give(actor: Actor, person_id: int, factory: Factory, how: ConsentBy) -> None:
    factory_id = factory.id
    over = sa.select(HistoryConsent.id).where(given(person_id, factory_id), has_lapsed())
    if db.session.scalar(over) is not None:
        _withdraw(actor, person_id, factory_id, how)
    values = {
        "person_id": person_id, "factory_id": factory_id, "given_at": now(), "given_on": today(factory.programme.zone),
        "given_how": how, "given_by": actor.account_id,
    }  # fmt: skip
    made = db.session.scalar(
        insert(HistoryConsent)
        .values(**values)
        .on_conflict_do_nothing(
            index_elements=["person_id", "factory_id"], index_where=sa.text("withdrawn_at IS NULL"))
        .returning(HistoryConsent.id)
    )
    if made is not None:
        audit.record(actor, "record.consent", f"person:{person_id}", factory=factory_id, how=how)


def _withdraw(actor: Actor, person_id: int, factory_id: int, how: ConsentBy) -> None:
    ended = db.session.scalar(
        sa.update(HistoryConsent)
        .where(given(person_id, factory_id))
        .values(withdrawn_at=now(), withdrawn_how=how, withdrawn_by=actor.account_id)
        .returning(HistoryConsent.id)
        .execution_options(synchronize_session=False)
    )
    if ended is not None:
        audit.record(actor, "record.withdraw_consent", f"person:{person_id}", factory=factory_id, how=how)
