"""Comparing lines: slow, outside any transaction, the same for the same weeks and trainings."""

import hashlib
import json
from functools import partial
from typing import Any

from app.effect import operations, queries, stored
from app.effect.analysing import Analysis, analyse
from app.effect.models import EffectResult
from app.effect.queries import LeftOut
from app.effect.rules import Key, Line, Week, week_number
from app.platform.db import db
from app.platform.jobs import Done, Outcome


def compare(result_id: int) -> Outcome:
    """Make a comparison that was ordered; nothing when it is made already."""
    ordered = db.session.get(EffectResult, result_id)
    if ordered is None or ordered.made_at is not None:
        return Done()
    factories = [ordered.factory_id] if ordered.factory_id else queries.factories_with_weeks(ordered.programme_id)
    lines, weeks, left_out = _inputs(factories)
    found = compared(lines, weeks, left_out)
    return Done(partial(operations.finish, result_id, fingerprint(lines, weeks, left_out), stored.keep_analysis(found)))


def _inputs(factories: list[int]) -> tuple[list[Line], list[Week], LeftOut]:
    trained, lines, weeks = queries.trainings(factories), dict[Key, Line](), list[Week]()
    for row in queries.weeks(factories):
        key = str(row.factory_id), row.line_key
        if key not in lines:
            said = trained.get((row.factory_id, row.line_key))
            day, sex = (said.trained_on, said.sex) if said else (None, None)
            lines[key] = Line(key, day, sex.value if sex else None)
        weeks.append(Week(key, row.monday, row.pieces * row.sam * 100.0 / (row.operators * row.minutes)))
    return list(lines.values()), weeks, queries.left_out(factories)


def compared(lines: list[Line], weeks: list[Week], left_out: LeftOut) -> Analysis:
    """What these weeks say."""
    present: dict[Key, set[int]] = {}
    for each in weeks:
        present.setdefault(each.line, set()).add(week_number(each.monday))
    frozen = {key: frozenset(numbers) | left_out.seen.get(key, frozenset()) for key, numbers in present.items()}
    return analyse(lines, weeks, frozen, left_out.nameless, rows=len(weeks) + left_out.rows)


def fingerprint(lines: list[Line], weeks: list[Week], left_out: LeftOut) -> str:
    """Of everything that went in."""
    said: list[Any] = [
        [[*each.key, str(each.trained_on), each.sex] for each in lines],
        [[*each.line, each.monday.isoformat(), repr(each.efficiency)] for each in weeks],
        [left_out.rows, [[*key, *sorted(numbers)] for key, numbers in sorted(left_out.seen.items())],
         sorted([*key, number] for key, number in left_out.nameless.items())],
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
