"""Publishing pathways: like a version of a course, an edition is written once and never changes."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.courses.models import Pathway, PathwayVersion
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import Refused


@dataclass(frozen=True, kw_only=True)
class NewPathway:
    """An edition to be published; the fields are those of PathwayVersion."""

    code: str
    number: str
    fingerprint: str
    note: str
    titles: dict[str, str]
    summary: dict[str, str]
    audience: list[str]
    in_order: bool
    pace_months: int | None
    steps: list[dict[str, Any]]
    sources: list[str]
    review_by: date | None


def publish_pathway(actor: Actor, new: NewPathway) -> tuple[PathwayVersion, bool]:
    """The published edition, and whether it is new: equal content is published once, and what came after it stays.

    Raises Refused when this number was already published with other content.
    """
    pathway = _pathway(new.code)
    mine = sa.select(PathwayVersion).where(PathwayVersion.pathway_id == pathway.id)
    known = db.session.scalar(mine.where(PathwayVersion.fingerprint == new.fingerprint))
    if known is not None:
        return known, False
    if db.session.scalar(mine.where(PathwayVersion.number == new.number)):
        raise Refused(
            _(
                "Version %(number)s of %(course)s is published and never changes. Give the new one a new number.",
                number=new.number,
                course=new.code,
            )
        )
    values = {name: value for name, value in asdict(new).items() if name != "code"}
    version = PathwayVersion(pathway_id=pathway.id, published_at=now(), published_by=actor.account_id, **values)
    db.session.add(version)
    db.session.flush()  # the pathway points at it
    pathway.current_version_id = version.id
    audit.record(actor, "courses.publish_pathway", f"pathway:{pathway.id}", fingerprint=new.fingerprint)
    return version, True


def _pathway(code: str) -> Pathway:
    db.session.execute(insert(Pathway).values(code=code).on_conflict_do_nothing(index_elements=["code"]))
    return db.session.scalars(sa.select(Pathway).where(Pathway.code == code).with_for_update()).one()
