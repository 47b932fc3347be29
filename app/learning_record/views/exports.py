"""The record to take along. It names people, so it is asked for by POST and logged."""

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories import queries as factories
from app.learning_record import tables
from app.learning_record.operations.exporting import export
from app.learning_record.reading import asked, shown
from app.learning_record.views.blueprint import bp
from app.learning_record.views.record import PAGE
from app.platform.i18n import _
from app.platform.i18n.languages import direction
from app.platform.i18n.texts import current_language
from app.platform.tables import Written, write_csv, write_workbook
from app.platform.web import file_response

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAY = Permission.FACTORIES_READ


@bp.post(f"{PAGE}.csv", may=_MAY)
def csv(code: str) -> Response:
    factory = factories.factory_by_code(g.actor, code, _MAY)
    found, _took = export(g.actor, factory, asked(g.actor, factory, request.args).wanted)
    data = write_csv(tables.header(), tables.rows(shown(factory, found)))
    return file_response(data, f"{code}-record.csv", "text/csv")


@bp.post(f"{PAGE}.xlsx", may=_MAY)
def xlsx(code: str) -> Response:
    factory = factories.factory_by_code(g.actor, code, _MAY)
    found, took = export(g.actor, factory, asked(g.actor, factory, request.args).wanted)
    sheets = [
        Written(_("Learning record"), tables.header(), tables.rows(shown(factory, found))),
        Written(_("Took part"), tables.participant_header(), tables.participant_rows(took)),
    ]
    is_rtl = direction(current_language()) == "rtl"
    return file_response(write_workbook(sheets, right_to_left=is_rtl), f"{code}-record.xlsx", _XLSX)
