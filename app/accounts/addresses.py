"""Mail addresses of people, in the form in which mail travels."""

from collections.abc import Collection

import sqlalchemy as sa

from app.accounts.models import Account
from app.factories.known import known
from app.factories.models import Person
from app.platform.db import db
from app.platform.mail.address import AddressError, single_address


def addresses_of(person_ids: Collection[int]) -> set[str]:
    """Where mail to these people went. The caller names every entry of a person."""
    return {form for each in known(person_ids).values() for email in each.emails for form in _forms(email)}


def own_addresses(person_ids: Collection[int]) -> set[str]:
    """Those of `addresses_of` that neither an account nor anybody else has: an office reads mail for many."""
    addresses = addresses_of(person_ids)
    mine = sa.func.coalesce(Person.merged_into_id, Person.id).in_(person_ids)
    of_others = sa.select(sa.func.lower(Person.email)).where(sa.func.lower(Person.email).in_(addresses), ~mine)
    of_accounts = sa.select(Account.email).where(Account.email.in_(addresses))
    return addresses.difference(db.session.scalars(of_others), db.session.scalars(of_accounts))


def _forms(email: str) -> set[str]:
    try:
        return {email, email.lower(), single_address(email.strip()).lower()}
    except AddressError:
        return {email}
