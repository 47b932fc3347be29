"""The record to take along. It names people, so it is asked for by POST and logged."""

import structlog
from flask import current_app, g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories import queries as factories
from app.learning_record import queries, tables
from app.learning_record.operations.exporting import export
from app.learning_record.paper.record import Sheet, draw
from app.learning_record.reading import WORDS, asked, shown
from app.learning_record.views.blueprint import bp
from app.learning_record.views.record import MOST_PRINTED, PAGE
from app.platform.clock import today
from app.platform.config import Settings
from app.platform.documents.errors import DocumentFailed
from app.platform.documents.fonts import ROOT
from app.platform.i18n import _
from app.platform.i18n.languages import direction
from app.platform.i18n.texts import current_language
from app.platform.refusal import Refused
from app.platform.tables import Written, write_csv, write_workbook
from app.platform.web import file_response

log = structlog.get_logger()
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAY = Permission.FACTORIES_READ


@bp.post(f"{PAGE}.csv", may=_MAY)
def csv(code: str) -> Response:
    factory = factories.factory_by_code(g.actor, code, _MAY)
    found, _took = export(g.actor, factory, asked(g.actor, factory, request.args).wanted)
    data = write_csv(tables.header(), tables.rows(shown(g.actor, factory, found)))
    return file_response(data, f"{code}-record.csv", "text/csv")


@bp.post(f"{PAGE}.xlsx", may=_MAY)
def xlsx(code: str) -> Response:
    factory = factories.factory_by_code(g.actor, code, _MAY)
    found, took = export(g.actor, factory, asked(g.actor, factory, request.args).wanted)
    sheets = [
        Written(_("Learning record"), tables.header(), tables.rows(shown(g.actor, factory, found))),
        Written(_("Took part"), tables.participant_header(), tables.participant_rows(took)),
    ]
    is_rtl = direction(current_language()) == "rtl"
    return file_response(write_workbook(sheets, right_to_left=is_rtl), f"{code}-record.xlsx", _XLSX)


@bp.post(f"{PAGE}.pdf", may=_MAY)
def pdf(code: str) -> Response:
    """The sheet to print as a file, in the language of the reader."""
    factory = factories.factory_by_code(g.actor, code, _MAY)
    what = asked(g.actor, factory, request.args)
    found, _took = export(g.actor, factory, what.wanted)
    sheet = Sheet(
        factory, what.words, {} if what.wanted.is_about_some else queries.figures(what.wanted),
        shown(g.actor, factory, found[:MOST_PRINTED]), WORDS, today(factory.programme.zone), len(found) > MOST_PRINTED)
    settings: Settings = current_app.extensions["settings"]
    try:
        data = draw(sheet, fonts=ROOT / settings.fonts_dir)
    except DocumentFailed:
        log.exception("record.not_drawn", factory=factory.id)
        raise Refused(_("The file could not be made. Print the page instead, or try again later.")) from None
    return file_response(data, f"{code}-record.pdf", "application/pdf")
