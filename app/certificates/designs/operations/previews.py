"""Previews: asked for by whoever edits, drawn by a job."""

from app.access.actor import Actor
from app.certificates.designs.content import Content, stored
from app.certificates.designs.models import DesignPreview
from app.certificates.designs.queries import designs as queries
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.files import FileMissing, uploads
from app.platform.jobs import enqueue
from app.platform.refusal import NotFound


def ask(actor: Actor, design_id: int, content: Content, language: str, example: str) -> DesignPreview:
    """Have a draft drawn, saved or not, with an example of a person. Of several askings only the last is drawn; the
    same again answers what is drawn already, while its picture is kept. Raises NotFound.
    """
    design = queries.design(actor, design_id)
    if actor.account_id is None:
        raise NotFound
    wanted = {"content": stored(content), "language": language, "example": example}
    before = queries.preview(design.id, actor.account_id)
    if before and wanted == {name: getattr(before, name) for name in wanted} and _is_kept(before):
        return before
    values = {**wanted, "asked_at": now(), "drawn_at": None, "file_key": None}
    new = insert(DesignPreview).values(design_id=design.id, account_id=actor.account_id, number=1, **values)
    key = ["design_id", "account_id"]
    again = new.on_conflict_do_update(index_elements=key, set_={**values, "number": DesignPreview.number + 1})
    row: DesignPreview = db.session.scalars(
        again.returning(DesignPreview).execution_options(populate_existing=True)
    ).one()
    once = f"designs.preview:{row.id}:{row.number}"
    enqueue("designs.preview", dedupe=once, waits=True, preview_id=row.id, number=row.number)
    return row


def _is_kept(row: DesignPreview) -> bool:
    try:
        uploads().get(row.file_key or "")
    except FileMissing:
        return False
    return not row.is_over


def note_drawn(preview_id: int, number: int, file_key: str | None) -> None:
    """Keep what was drawn, unless something else was asked for meanwhile; None: it could not be drawn."""
    row = db.session.get(DesignPreview, preview_id)
    if row is not None and row.number == number and row.drawn_at is None:
        row.drawn_at, row.file_key = now(), file_key
