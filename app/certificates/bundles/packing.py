"""What a job reads of an order and of the certificates that it packs, each in a short transaction of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.certificates import face
from app.certificates.bundles.models import OPEN, CertificateBundle
from app.certificates.bundles.rules import BundleKind
from app.certificates.models import Certificate
from app.certificates.paper.printed import CertificateFace
from app.certificates.queries import WAS_SEEN
from app.certificates.rules import Standing, State, state
from app.completions.models import Completion
from app.factories.models import Factory
from app.platform.clock import now
from app.platform.db import read_aside


@dataclass(frozen=True)
class Order:
    """What the job needs to know of an order."""

    id: int
    kind: BundleKind
    language: str
    certificates: list[int]
    done: int
    left_out: int
    ordered_at: datetime


def unmade(bundle_id: int) -> Order | None:
    """The order while it is being made. Read in a transaction of its own: packing takes long."""
    columns = [getattr(CertificateBundle, name) for name in Order.__dataclass_fields__]
    statement = sa.select(*columns).where(CertificateBundle.id == bundle_id, *OPEN)

    def read(session: Session) -> Order | None:
        row = session.execute(statement).one_or_none()
        return Order(*row) if row else None

    return read_aside(read)


@dataclass(frozen=True)
class Item:
    """One certificate as it is packed and listed."""

    id: int
    number: str
    latin_name: str
    local_name: str
    course: dict[str, str]
    issued_on: date
    last_day: date | None
    factory: str
    line: str
    state: State
    file_key: str
    """Empty when there is no file to hand out."""
    at: datetime
    is_waiting: bool
    """The file is still to be drawn."""

    @property
    def is_revoked(self) -> bool:
        return self.state is State.REVOKED


def items(certificates: Sequence[int]) -> list[Item]:
    """These certificates, in this order: one statement, in a transaction of its own. Of those that ended
    before they had a file there is no word.
    """
    printed = Certificate.face
    statement = (
        sa.select(
            Certificate.id, Certificate.number, Certificate.file_key, Certificate.issued_at, Certificate.rendered_at,
            Certificate.valid_until, Certificate.suspended_at, Certificate.replaced_at, Certificate.revoked_at,
            printed["latin_name"].as_string().label("latin_name"),
            printed["local_name"].as_string().label("local_name"),
            printed["locale"].as_string().label("locale"), printed["course"].as_string().label("course"),
            printed["course_english"].as_string().label("course_english"),
            printed["issued_on"].as_string().label("issued_on"),
            printed[("facts", "last_day")].as_string().label("last_day"),
            Factory.name.label("factory"), Completion.line,
        )
        .join(Completion, Completion.id == Certificate.completion_id)
        .outerjoin(Factory, Factory.id == Certificate.factory_id)
        .where(Certificate.id.in_(certificates), WAS_SEEN)
    )  # fmt: skip
    rows = {row.id: row for row in read_aside(lambda session: session.execute(statement).all())}
    return [_item(rows[key]) for key in certificates if key in rows]


def faces(certificates: Sequence[int]) -> dict[int, CertificateFace]:
    """What is printed on those of these certificates of which a file is handed out, by id, in this order."""
    statement = sa.select(Certificate.id, Certificate.face).where(
        Certificate.id.in_(certificates), Certificate.revoked_at.is_(None), Certificate.file_key > ""
    )
    rows = {row.id: row.face for row in read_aside(lambda session: session.execute(statement).all())}
    return {key: face.thaw(rows[key]) for key in certificates if key in rows}


def _item(row: sa.Row[Any]) -> Item:
    worth = state(Standing(row.valid_until, row.suspended_at, row.replaced_at, row.revoked_at), now())
    return Item(
        id=row.id,
        number=row.number,
        latin_name=row.latin_name,
        local_name=row.local_name or "",
        course={row.locale: row.course, "en": row.course_english or row.course},
        issued_on=date.fromisoformat(row.issued_on),
        last_day=date.fromisoformat(row.last_day) if row.last_day else None,
        factory=row.factory or "",
        line=row.line or "",
        state=worth,
        file_key=row.file_key or "" if worth is not State.REVOKED else "",
        at=row.rendered_at or row.issued_at,
        is_waiting=row.file_key is None and worth not in {State.REVOKED, State.REPLACED},
    )
