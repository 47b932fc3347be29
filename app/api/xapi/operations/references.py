"""Which statement leads to which: who is found by what a statement says, finds those that speak of it too."""

from collections import defaultdict
from collections.abc import Mapping

import sqlalchemy as sa

from app.api.xapi.models import Statement, StatementReference
from app.platform.db import db, insert

LONGEST = 50
"""A chain of statements about statements is followed so far."""


def note(new: Mapping[str, int], targets: Mapping[int, str]) -> None:
    """`new`: id as others write it -> row, of statements stored just now; `targets`: row -> what it speaks of."""
    edges = _edges(new, targets)
    if not edges:
        return
    below, above = _known(edges)
    rows = set()
    for speaker, about in edges:
        reached = {about, *below[about]}
        for each in {speaker, *above[speaker]}:
            for thing in sorted(reached - below[each])[:LONGEST]:
                below[each].add(thing)
                above[thing].add(each)
                rows.add((each, thing))
    values = [{"statement_id": each, "about_id": thing} for each, thing in sorted(rows) if each != thing]
    if values:
        db.session.execute(insert(StatementReference).values(values).on_conflict_do_nothing())


def _edges(new: Mapping[str, int], targets: Mapping[int, str]) -> list[tuple[int, int]]:
    """Speaker and what it speaks of, where both are there by now: either may have come first."""
    rows = db.session.execute(sa.select(Statement.id, Statement.target).where(Statement.target.in_(new)))
    found = {(row.id, new[row.target]) for row in rows}
    if wanted := set(targets.values()) - new.keys():
        known = db.session.execute(sa.select(Statement.uuid, Statement.id).where(Statement.uuid.in_(wanted)))
        ids = {row.uuid: row.id for row in known}
        found |= {(speaker, ids[target]) for speaker, target in targets.items() if target in ids}
    return sorted(found)


def _known(edges: list[tuple[int, int]]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """What those that are spoken of speak of themselves, and who speaks of the speakers."""
    speakers, things = {speaker for speaker, _ in edges}, {about for _, about in edges}
    reference = StatementReference
    rows = db.session.execute(
        sa.select(reference.statement_id, reference.about_id)
        .where(sa.or_(reference.statement_id.in_(speakers | things), reference.about_id.in_(speakers)))
    )  # fmt: skip
    below: dict[int, set[int]] = defaultdict(set)
    above: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        below[row.statement_id].add(row.about_id)
        above[row.about_id].add(row.statement_id)
    return below, above
