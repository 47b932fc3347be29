"""The lines that a roster names."""

import sqlalchemy as sa

from app.factories.models import Line
from app.factories.plan import Plan
from app.platform.db import db, insert


def prepare(factory_id: int, plan: Plan) -> dict[str, int]:
    """Rename what was renamed, add what is new; answer every line of the factory by name.

    A line whose new name another line already has is not renamed: its people move there.
    """
    known = _known(factory_id)
    for change in plan.changes.lines_renamed:
        if change.before in known and change.after not in known:
            db.session.execute(sa.update(Line).where(Line.id == known[change.before]).values(name=change.after))
    rows = (*plan.joiners, *(pair.row for pair in (*plan.stayed, *plan.renumbered)))
    new = {row.line for row in rows if row.line} - _known(factory_id).keys()
    if new:
        added = [{"factory_id": factory_id, "name": name} for name in sorted(new)]
        db.session.execute(insert(Line).on_conflict_do_nothing(), added)
    return _known(factory_id)


def _known(factory_id: int) -> dict[str, int]:
    rows = db.session.execute(sa.select(Line.name, Line.id).where(Line.factory_id == factory_id))
    return dict(rows.all())
