"""The readable page of a pack, as PDF. Every word is in the language of the pack. The worker and commands load this."""

from pathlib import Path
from typing import Any

from app.attendance.labels import EVIDENCE, STRENGTHS
from app.attendance.rules import Evidence
from app.learning_record.evidence.making import Summary, limits
from app.platform.documents.errors import DocumentRefused
from app.platform.documents.pages import page_words
from app.platform.documents.render import render
from app.platform.documents.scripts import RIGHT_TO_LEFT, clean, language_of, script_of
from app.platform.i18n import _
from app.platform.i18n.formats import format_date, format_number, format_percent

_LAYOUT = Path(__file__).parents[1] / "layouts" / "evidence.typ"
_TIMES = 3


def draw(summary: Summary, *, fonts: Path) -> bytes:
    """The page as PDF. A name that no font can draw stands there in Latin letters alone. Raises DocumentFailed."""
    try:
        return render(_LAYOUT, _data(summary, summary.about.local_name), fonts=fonts, times=_TIMES)
    except DocumentRefused:
        return render(_LAYOUT, _data(summary, ""), fonts=fonts, times=_TIMES)


def _data(summary: Summary, local_name: str) -> dict[str, Any]:
    about, period = summary.about, summary.about.period
    when = _("%(since)s to %(until)s", since=format_date(period.since), until=format_date(period.until))
    return {
        "title": clean(f"{_('Evidence of training')}: {about.name}"),
        "date": period.at.isoformat(), "day": [period.at.year, period.at.month, period.at.day],
        "script": script_of(about.language), "rtl": language_of(about.language) in RIGHT_TO_LEFT, **page_words(),
        "local-script": script_of(about.script),
        "heading": _("Evidence of training"), "name": clean(about.name), "local": clean(local_name),
        "of": clean(f"{about.programme} · {about.code}"), "when": when,
        "as-of": _("As it was known when %(day)s ended", day=format_date(period.at)),
        "figures": [
            [format_number(summary.people), _("people on the staff list")],
            [format_number(summary.half_days), _("half-days with people of the factory")],
            [format_number(sum(summary.known.values())), _("marks of attendance")],
            [format_number(summary.certificates), _("certificates")],
        ],
        "known": {
            "heading": _("How each mark of attendance is known"),
            "head": [_("How it is known"), _("How strong that is"), _("Marks")],
            "rows": [_known(summary, each) for each in Evidence if summary.known.get(each)],
            "none": _("Nobody was marked in this time."),
        },
        "coverage": {
            "heading": _("Coverage when the time ended"),
            "head": [_("Requirement"), _("Covered"), _("Of"), _("Share")],
            "rows": [_covered(row) for row in summary.coverage],
            "none": _("Nothing was required of the factory."),
        },
        "lists": {
            "heading": _("What lies in this file"),
            "head": [_("Name"), _("What it is"), _("Rows")],
            "rows": [[name, clean(title), format_number(rows)] for name, title, rows in summary.lists],
            "note": _("Each list is there as a spreadsheet (.xlsx) and as plain text (.csv)."),
        },
        "verify": {
            "heading": _("How to check it"),
            "sentences": [
                _("The file manifest.json names every part with its SHA-256; manifest.jws is the signature of the "
                  "programme under it. A change of a single letter anywhere is found."),
                _("Whoever has this product, or the public keys of the programme, checks the whole file with one "
                  "command. It needs no network:"),
            ],
            "command": "flask evidence verify FILE --trust KEYS",
            "note": _(
                "KEYS is a folder with what the programme gives to whoever checks: the root certificate (.pem) and the "
                "list of revoked keys (.crl). Its page of keys has both."),
        },
        "limits": {"heading": _("What it does not say"), "sentences": limits()},
    }  # fmt: skip


def _known(summary: Summary, evidence: Evidence) -> list[str]:
    return [str(EVIDENCE[evidence]), str(STRENGTHS[evidence.strength]), format_number(summary.known[evidence])]


def _covered(row: Any) -> list[str]:
    """With what it is counted against: of lines and events the figures are no people."""
    title, covered, of, against, share = row[1], row[4], row[5], row[8], row[10]
    part = "–" if share is None else format_percent(share)
    return [clean(f"{title} ({against})"), format_number(covered), format_number(of), part]
