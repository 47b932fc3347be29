"""What a course page says of an edition, drawn once for each language and day: an edition never changes."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for

from app.courses import labels
from app.courses.durations import duration
from app.courses.editions import Edition
from app.platform.clock import now
from app.platform.i18n.languages import LANGUAGES
from app.platform.i18n.texts import country_name, current_language

_MOST = 300
"""Some 40 kB each."""


@dataclass(frozen=True)
class Drawn:
    """Two parts of the page as HTML: what a reader asks first, and the details below what is offered."""

    answers: str
    details: str


_kept: dict[object, Drawn] = {}


def drawn(edition: Edition) -> Drawn:
    """The edition in the reader's language. One statement where it was not drawn before."""
    version, today = edition.version, now().date()
    here = url_for("courses.course", code=version.course.code)
    around = repr((edition.refresher, edition.pathways, edition.others, edition.is_current))
    key = current_language(), here, version.fingerprint, version.published_at, around, today
    if key not in _kept:
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[key] = _draw(edition, here, today)
    return _kept[key]


def _draw(edition: Edition, here: str, today: date) -> Drawn:
    version = edition.version
    context = {
        "version": version,
        "edition": edition,
        "here": here,
        "today": today,
        "is_current": edition.is_current,
        "units": {unit.code: unit for unit in edition.units},
        "kinds": {kind: str(label) for kind, label in labels.UNIT_KINDS.items()},
        "phases": labels.PHASES,
        "categories": labels.CATEGORIES,
        "icons": labels.ICONS,
        "modalities": labels.MODALITIES,
        "themes": labels.THEMES | labels.POINTS,
        "roles": labels.ROLES,
        "language_names": {code: LANGUAGES[code].own_name for code in version.languages if code in LANGUAGES},
        "country_name": country_name,
        "duration": duration,
        "day": date.fromisoformat,
    }
    return Drawn(*(render_template(f"courses/_{part}.html", **context) for part in ("answers", "details")))
