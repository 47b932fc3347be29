"""How a certificate is dressed on the day of its issue."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from app.certificates.designs.content import content_of
from app.certificates.designs.models import CertificateSignatory, Design, DesignVersion
from app.certificates.designs.pictures import with_data
from app.certificates.paper.drawing import Signatory
from app.certificates.paper.look import Look, thaw_picture
from app.certificates.paper.printed import MOST_SIGNATORIES
from app.platform.db import db
from app.platform.i18n import text


def look_for(
    programme_id: int, course_id: int, language: str, on: date
) -> tuple[Look, tuple[Signatory, ...], int | None]:
    """The look, who signs - nobody means the trainers -, and the id of the version: that of the course first, then
    that of the programme, else the default.

    The texts still hold their placeholders. Two statements, one where nobody is chosen to sign.
    """
    found = db.session.execute(
        sa.select(DesignVersion.id, DesignVersion.content)
        .join(Design, Design.id == DesignVersion.design_id)
        .where(
            Design.programme_id == programme_id,
            sa.or_(Design.course_id == course_id, Design.course_id.is_(None)),
            Design.archived_at.is_(None),
            DesignVersion.published_at.is_not(None),
        )
        .order_by(Design.course_id.is_(None), DesignVersion.number.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        return Look(), (), None
    version_id, kept = found
    content = content_of(kept)
    look = content.look(language)
    look = replace(look, logo=with_data(look.logo))
    return look, signing(programme_id, content.signatories, language, on), version_id


def signing(programme_id: int, ids: Collection[int], language: str, on: date) -> tuple[Signatory, ...]:
    """Of those chosen the ones who may sign on a day, as they are called in a language, in the order given."""
    if not ids:
        return ()
    rows = {row.id: row for row in db.session.scalars(_signing(programme_id, ids, on))}
    return tuple(printed(rows[each], language) for each in ids if each in rows)[:MOST_SIGNATORIES]


def printed(row: CertificateSignatory, language: str) -> Signatory:
    """A signatory as the paper names them."""
    picture = with_data(thaw_picture(row.signature))
    return Signatory(text(row.names, language), text(row.roles, language), picture)


def _signing(programme_id: int, ids: Collection[int], on: date) -> sa.Select[CertificateSignatory]:
    last = CertificateSignatory.valid_to
    return sa.select(CertificateSignatory).where(
        CertificateSignatory.programme_id == programme_id,
        CertificateSignatory.id.in_(ids),
        CertificateSignatory.valid_from <= on,
        sa.or_(last.is_(None), last >= on),
    )
