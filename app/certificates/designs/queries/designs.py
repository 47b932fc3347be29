"""Designs and their versions, of the programmes whose certificates the actor designs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.certificates.designs.models import CertificateSignatory, Design, DesignPreview, DesignVersion
from app.certificates.models import Certificate
from app.certificates.queries import WAS_SEEN
from app.courses.models import Course, CourseVersion
from app.factories.models import Programme
from app.platform.db import db
from app.platform.i18n.languages import LANGUAGES
from app.platform.refusal import NotFound

MAY = Permission.CERTIFICATES_DESIGN


def programmes(actor: Actor) -> Sequence[Programme]:
    """The programmes whose certificates the actor designs, by code."""
    scope, statement = actor.scope(MAY), sa.select(Programme).order_by(Programme.code)
    return db.session.scalars(
        statement if scope.everything else statement.where(Programme.id.in_(scope.programmes))
    ).all()


def languages(programme: Programme) -> list[str]:
    """The languages in which a design says something: those of the programme, and English."""
    return [code for code in dict.fromkeys((*programme.languages, "en")) if code in LANGUAGES]


@dataclass(frozen=True)
class Row:
    """A design in a list."""

    design: Design
    titles: dict[str, str] | None
    """Of its course; None where it is for all."""
    published: int | None
    """The number of the version that certificates are issued with."""
    is_edited: bool
    """There is a draft."""
    issued: int
    """Certificates issued with any version."""


def designs(actor: Actor) -> list[Row]:
    """All designs in reach by programme, those for every course first, then by course; archived ones last."""
    published = sa.func.max(sa.case((DesignVersion.published_at.is_not(None), DesignVersion.number)))
    drafts = sa.func.count(sa.case((DesignVersion.published_at.is_(None), 1)))
    versions = (
        sa.select(DesignVersion.design_id, published.label("published"), drafts.label("drafts"))
        .group_by(DesignVersion.design_id).subquery()
    )  # fmt: skip
    issued = (
        sa.select(DesignVersion.design_id, sa.func.count().label("issued"))
        .join(Certificate, Certificate.design_version_id == DesignVersion.id).where(WAS_SEEN)
        .group_by(DesignVersion.design_id).subquery()
    )  # fmt: skip
    statement = (
        sa.select(Design, CourseVersion.titles, versions.c.published, versions.c.drafts, issued.c.issued)
        .outerjoin(Course, Course.id == Design.course_id)
        .outerjoin(CourseVersion, CourseVersion.id == Course.current_version_id)
        .join(versions, versions.c.design_id == Design.id)
        .outerjoin(issued, issued.c.design_id == Design.id)
        .join(Programme, Programme.id == Design.programme_id)
        .options(joinedload(Design.programme))
        .order_by(Design.archived_at.is_not(None), Programme.code, Design.course_id.is_not(None), Design.id)
    )
    scope = actor.scope(MAY)
    if not scope.everything:
        statement = statement.where(Design.programme_id.in_(scope.programmes))
    return [
        Row(design, titles, number, bool(edited), count or 0)
        for design, titles, number, edited, count in db.session.execute(statement)
    ]


def design(actor: Actor, design_id: int) -> Design:
    """The design with its programme and course. Raises NotFound out of scope."""
    found = db.session.scalar(
        sa.select(Design).where(Design.id == design_id)
        .options(joinedload(Design.programme), joinedload(Design.course))
    )  # fmt: skip
    if found is None or not actor.scope(MAY).reaches(found.programme_id):
        raise NotFound
    return found


def course_titles(design: Design) -> dict[str, str] | None:
    """The titles of the course that a design is for; None where it is for all."""
    if design.course is None:
        return None
    version = db.session.get(CourseVersion, design.course.current_version_id or 0)
    return version.titles if version else {"en": design.course.code}


def draft(design_id: int) -> DesignVersion | None:
    """What is being edited."""
    return db.session.scalar(
        sa.select(DesignVersion).where(DesignVersion.design_id == design_id, DesignVersion.published_at.is_(None))
    )


def latest(design_id: int) -> DesignVersion:
    """The draft, else the version that was published last."""
    statement = sa.select(DesignVersion).where(DesignVersion.design_id == design_id)
    return db.session.scalars(statement.order_by(DesignVersion.number.desc()).limit(1)).one()


def versions(design_id: int) -> list[tuple[DesignVersion, int]]:
    """Every version with how many certificates were issued with it, the newest first."""
    issued = sa.func.count(Certificate.id)
    statement = (
        sa.select(DesignVersion, issued)
        .outerjoin(Certificate, sa.and_(Certificate.design_version_id == DesignVersion.id, WAS_SEEN))
        .where(DesignVersion.design_id == design_id)
        .group_by(DesignVersion.id).order_by(DesignVersion.number.desc())
    )  # fmt: skip
    return [(version, count) for version, count in db.session.execute(statement)]


def version(design_id: int, number: int) -> DesignVersion:
    """One version. Raises NotFound."""
    found = db.session.scalar(
        sa.select(DesignVersion).where(DesignVersion.design_id == design_id, DesignVersion.number == number)
    )
    if found is None:
        raise NotFound
    return found


def issued_with(version_id: int) -> sa.Select[Any]:
    """The certificates issued with a version, the newest first."""
    statement = sa.select(Certificate).where(Certificate.design_version_id == version_id, WAS_SEEN)
    return statement.order_by(Certificate.issued_at.desc(), Certificate.id.desc())


def preview(design_id: int, account_id: int | None) -> DesignPreview | None:
    """What the account looked at last."""
    statement = sa.select(DesignPreview).where(DesignPreview.design_id == design_id)
    return db.session.scalar(statement.where(DesignPreview.account_id == account_id))


def signatories(programme_id: int) -> Sequence[CertificateSignatory]:
    """Who signs or signed in a programme: those who sign without an end first, then by the last day."""
    last = CertificateSignatory.valid_to
    statement = sa.select(CertificateSignatory).where(CertificateSignatory.programme_id == programme_id)
    return db.session.scalars(statement.order_by(last.is_not(None), last.desc(), CertificateSignatory.id)).all()


def signatory(actor: Actor, signatory_id: int) -> CertificateSignatory:
    """One of them with the programme. Raises NotFound out of scope."""
    statement = sa.select(CertificateSignatory).where(CertificateSignatory.id == signatory_id)
    found = db.session.scalar(statement.options(joinedload(CertificateSignatory.programme)))
    if found is None or not actor.scope(MAY).reaches(found.programme_id):
        raise NotFound
    return found
