"""The part of a course page that a published edition never changes, drawn once for each language."""

from datetime import datetime

from flask import render_template, url_for

from app.courses import labels
from app.courses.durations import duration
from app.courses.editions import Edition
from app.platform.i18n.texts import current_language

_MOST = 300
"""Some 20 kB each."""
_Key = tuple[str, str, str, datetime, bool]
_drawn: dict[_Key, str] = {}


def unchanging(edition: Edition) -> str:
    """Units and timetables in the reader's language, as HTML. One statement where they were not drawn before."""
    version = edition.version
    here = url_for("courses.course", code=version.course.code)
    key = current_language(), here, version.fingerprint, version.published_at, edition.is_current
    if key not in _drawn:
        if len(_drawn) >= _MOST:
            _drawn.clear()
        _drawn[key] = _draw(edition, here)
    return _drawn[key]


def _draw(edition: Edition, here: str) -> str:
    return render_template(
        "courses/_unchanging.html",
        version=edition.version,
        edition=edition,
        here=here,
        is_current=edition.is_current,
        units={unit.code: unit for unit in edition.units},
        kinds={kind: str(label) for kind, label in labels.UNIT_KINDS.items()},
        phases=labels.PHASES,
        duration=duration,
    )
