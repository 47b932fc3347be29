"""A file of findings: sent, looked at, applied, taken back."""

from collections import Counter
from dataclasses import asdict

from flask import flash, g, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.forms import choosing
from app.improvement.findings import labels, operations, queries, stored
from app.improvement.findings.forms import ColumnsForm, FileForm
from app.improvement.findings.models import FindingImport
from app.improvement.findings.pages import FilePage, FoundPage
from app.improvement.findings.reading import Findings
from app.improvement.findings.reading.choices import choices_json
from app.improvement.findings.rules import Effect, FileState
from app.improvement.findings.views.blueprint import bp
from app.platform.i18n import _
from app.platform.web import render, see_other

_MAY = Permission.FINDINGS_IMPORT
_ONE = "/findings/files/<int:finding_import_id>"
MOST = 100
"""So many factories, rows and problems are shown."""


@bp.get("/findings/file", may=_MAY)
def file() -> Response:
    return _show_form(FileForm())


@bp.post("/findings/file", may=_MAY)
def send_file() -> Response:
    is_chosen = "seen_row" in request.form
    form = (ColumnsForm if is_chosen else FileForm)(CombinedMultiDict([request.files, request.form]))
    if not form.validate():
        return _show_form(form)
    chosen = form.chosen() if isinstance(form, ColumnsForm) else None
    try:
        found = operations.preview(g.actor, form.file_name, form.read(), chosen)
    except operations.FindingsRefused as refusal:
        form.file.errors = [str(refusal)]
        return _show_form(form, refusal.found)
    return see_other(url_for("findings.found", finding_import_id=found.id))


@bp.get(_ONE, may=_MAY)
def found(finding_import_id: int) -> Response:
    return _show(queries.finding_import(g.actor, finding_import_id))


@bp.post(f"{_ONE}/application", may=_MAY)
def apply(finding_import_id: int) -> Response:
    operations.apply(g.actor, finding_import_id)
    flash(_("The findings are taken over."), "done")
    return see_other(url_for("findings.found", finding_import_id=finding_import_id))


@bp.post(f"{_ONE}/withdrawal", may=_MAY)
def undo(finding_import_id: int) -> Response:
    operations.undo(g.actor, finding_import_id)
    flash(_("The file is taken back. What was known before counts again."), "done")
    return see_other(url_for("findings.found", finding_import_id=finding_import_id))


def _show_form(form: FileForm, refused: Findings | None = None) -> Response:
    """Where a file was refused for its headings: the way to say which column is which."""
    columns = None
    if refused and refused.headings.columns:
        columns = choosing(ColumnsForm, choices_json(refused.choices), asdict(refused.headings))
    page = FilePage(form, columns, queries.files(g.actor), next(iter(sorted(queries.zones(g.actor))), "UTC"))
    return render(page, 422 if form.errors else 200)


def _show(one: FindingImport) -> Response:
    kept, factories = stored.kept(one.found), queries.factories_of(one.id)
    names = {factory.id: factory for factory in factories}
    decided = operations.planned(kept.rows, names) if one.state is FileState.PREVIEWED else []
    by_factory: dict[int, Counter[Effect]] = {}
    for said, effect in decided:
        by_factory.setdefault(said.factory_id, Counter())[effect] += 1
    changing = [(said, effect) for said, effect in decided if effect in {Effect.NEW, Effect.CHANGED}]
    page = FoundPage(
        found=one,
        kept=kept,
        effects=one.applied or operations.counted(decided),
        by_factory=[(factory, by_factory.get(factory.id, {})) for factory in factories[:MOST]],
        more_factories=max(0, len(factories) - MOST),
        rows=changing[:MOST],
        names=names,
        problems=kept.problems[:MOST],
        zone=factories[0].programme.zone if factories else "UTC",
        problem=labels.problem,
        fields=labels.FIELDS,
    )
    return render(page)
