"""Inviting people and giving them roles: where, from when, until when."""

from dataclasses import asdict, dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.roles import Role
from app.accounts import policy, rules, secrets
from app.accounts.models import Account, RoleGrant
from app.accounts.operations.links import issue_link
from app.accounts.operations.managing import account_in_scope
from app.accounts.operations.sign_ins import end_all
from app.accounts.rules import LinkPurpose
from app.factories.models import Factory, Group
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.i18n.languages import SITE_LANGUAGES
from app.platform.refusal import NotFound, Refused


@dataclass(frozen=True)
class Wanted:
    """A role to be given. `ends_on` is the first day without it; None has no end.

    A training session comes with its programme, and from the room of training sessions, which has checked it.
    """

    role: Role
    programme_id: int | None = None
    factory_id: int | None = None
    group_id: int | None = None
    training_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


def invite(actor: Actor, *, email: str, name: str, language: str, wanted: Wanted) -> Account:
    """Give somebody a role; who has no account yet gets one, and a mail with a link that lets him choose a password.

    Raises Refused for a role or place that the actor cannot give.
    """
    refuse_ungrantable(actor, wanted)
    address = rules.normal_email(email)
    account = db.session.scalar(sa.select(Account).where(Account.email == address))
    if account is None:
        account = _new_account(actor, address, name, language)
    elif account.id == actor.account_id:
        raise Refused(_("Ask somebody else to change your own roles."))
    _add(actor, account, wanted)
    if account.password_hash == secrets.NO_PASSWORD:
        issue_link(account.id, LinkPurpose.INVITATION)
    return account


def _new_account(actor: Actor, address: str, name: str, language: str) -> Account:
    if language not in SITE_LANGUAGES:
        raise Refused(_("Choose one of the languages."))
    account = Account(
        email=address, name=name, language=language, password_hash=secrets.NO_PASSWORD, created_at=now()
    )
    db.session.add(account)
    db.session.flush()  # the grant and the link need the id
    audit.record(actor, "accounts.invite", f"account:{account.id}")
    return account


def grant(actor: Actor, account_id: int, wanted: Wanted) -> None:
    """Give a role to an account in scope. Raises NotFound, Refused."""
    account = account_in_scope(actor, account_id)
    if account.id == actor.account_id:
        raise Refused(_("Ask somebody else to change your own roles."))
    refuse_ungrantable(actor, wanted)
    _add(actor, account, wanted)


def _add(actor: Actor, account: Account, wanted: Wanted) -> None:
    if _holds(account, wanted):
        return
    db.session.add(
        RoleGrant(
            account_id=account.id,
            role=wanted.role,
            programme_id=wanted.programme_id,
            factory_id=wanted.factory_id,
            group_id=wanted.group_id,
            training_id=wanted.training_id,
            starts_on=wanted.starts_on,
            ends_on=wanted.ends_on,
        )
    )
    _begin_anew(actor, account.id)
    places = {"programme": wanted.programme_id, "factory": wanted.factory_id, "group": wanted.group_id}
    audit.record(
        actor, "accounts.grant", f"account:{account.id}", role=wanted.role.value, training=wanted.training_id, **places
    )


def _begin_anew(actor: Actor, account_id: int) -> None:
    """Roles are read at each request; with new ones the account also signs in anew (ASVS 7.2.4) - unless it has roles
    elsewhere, where the actor has nothing to say.
    """
    whole = sa.select(Account.id).where(Account.id == account_id, policy.accounts_wholly_in_scope(actor))
    if db.session.scalar(whole) is not None:
        end_all(account_id)


def _holds(account: Account, wanted: Wanted) -> bool:
    """Whether the account has this very role already: a form that was sent twice."""
    equal = (getattr(RoleGrant, name) == value for name, value in asdict(wanted).items())
    same = sa.select(RoleGrant.id).where(RoleGrant.account_id == account.id, *equal)
    return db.session.scalar(same.limit(1)) is not None


def withdraw(actor: Actor, account_id: int, grant_id: int) -> None:
    """End a role today. Raises NotFound for a grant out of scope. Withdrawing again changes nothing."""
    account = account_in_scope(actor, account_id)
    found = db.session.scalar(
        sa.select(RoleGrant).where(
            RoleGrant.id == grant_id, RoleGrant.account_id == account.id, policy.grants_in_scope(actor)
        )
    )
    if found is None:
        raise NotFound
    if account.id == actor.account_id:
        raise Refused(_("Ask somebody else to change your own roles."))
    _end(actor, found)


def withdraw_helper(actor: Actor, training_id: int, grant_id: int) -> None:
    """End a role in a training session today. Raises NotFound where the actor may not ask helpers."""
    found = db.session.get(RoleGrant, grant_id)
    if found is None or found.training_id != training_id or not policy.may_appoint(actor, found.programme_id):
        raise NotFound
    _end(actor, found)


def _end(actor: Actor, found: RoleGrant) -> None:
    today = now().date()
    if found.ends_on is None or found.ends_on > today:
        found.ends_on = today
        _begin_anew(actor, found.account_id)
        audit.record(
            actor, "accounts.withdraw", f"account:{found.account_id}", role=found.role.value, grant=found.id
        )


def move_helpers(training_id: int, starts_on: date, ends_on: date) -> None:
    """The training session has other days, and its helpers with it; who was withdrawn stays so."""
    db.session.execute(
        sa.update(RoleGrant)
        .where(RoleGrant.training_id == training_id, RoleGrant.ends_on > now().date())
        .values(starts_on=starts_on, ends_on=ends_on)
    )


def refuse_ungrantable(actor: Actor, wanted: Wanted) -> None:
    """Raises Refused when the actor cannot give this role there, or its dates do not fit each other."""
    if wanted.starts_on and wanted.ends_on and wanted.ends_on <= wanted.starts_on:
        raise Refused(_("The end must be after the start."))
    if wanted.training_id is not None:
        if wanted.role not in policy.IN_TRAINING or not policy.may_appoint(actor, wanted.programme_id):
            raise Refused(_("You cannot give this role."))
        return
    if wanted.role not in policy.roles_to_give(actor):
        raise Refused(_("You cannot give this role."))
    places = [place for place in (wanted.programme_id, wanted.factory_id, wanted.group_id) if place is not None]
    if not _fits(wanted, len(places)) or not _reaches(actor, wanted):
        raise Refused(_("Choose a place that fits the role."))


def _fits(wanted: Wanted, places: int) -> bool:
    if wanted.role in policy.EVERYWHERE:
        return places == 0
    if wanted.group_id is not None:
        return places == 1 and wanted.role in policy.IN_GROUP
    if wanted.factory_id is not None:
        return places == 1 and wanted.role in policy.IN_FACTORY
    return places == 1 and wanted.role in policy.IN_PROGRAMME


def _reaches(actor: Actor, wanted: Wanted) -> bool:
    scope = policy.scope(actor)
    if wanted.group_id is not None:
        return db.session.scalar(policy.groups_in_scope(actor).where(Group.id == wanted.group_id)) is not None
    if scope.everything:
        return True
    if wanted.factory_id is not None:
        factory = db.session.get(Factory, wanted.factory_id)
        return factory is not None and factory.programme_id in scope.programmes
    return wanted.programme_id in scope.programmes
