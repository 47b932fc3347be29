"""Periods: opened, frozen, compared with what is known now."""

from dataclasses import replace

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.queries import programme_by_code
from app.platform.clock import now, today
from app.platform.i18n import _, text
from app.platform.refusal import NotFound
from app.platform.web import render, see_other
from app.platform.web.forms import offered
from app.reports import behind, queries
from app.reports.asking import Question, plain_question
from app.reports.counting import Source, counted
from app.reports.definitions import earlier
from app.reports.facts.asked import Asked
from app.reports.models import ReportingPeriod
from app.reports.periods import operations
from app.reports.periods import queries as periods
from app.reports.periods.changes import MOST, Adjustment, adjustments, changed
from app.reports.periods.forms import PeriodForm, SettingsForm
from app.reports.periods.pages import ChangesPage, PeriodPage, PeriodsPage, SettingsPage
from app.reports.reading import Report, shares_of, shown
from app.reports.rules.facts import Split
from app.reports.rules.figures import Indicator, read
from app.reports.rules.period import Span, quarter_before
from app.reports.views.blueprint import bp
from app.reports.views.figures import behind_page, wanted_of

_MAY = Permission.REPORTS_READ
_FREEZE = Permission.REPORTS_FREEZE
_ONE = "/reports/periods/<int:period_id>"


@bp.get("/reports/periods", may=_MAY)
def periods_index() -> Response:
    return _list(_form())


@bp.post("/reports/periods", may=_FREEZE)
def open_period() -> Response:
    form = _form(is_sent=True)
    if form is None or not form.validate():
        return _list(form, 422)
    made = operations.open_period(g.actor, form.programme.data or "", form.title.data or "", form.span)
    return see_other(url_for("indicators.period", period_id=made.id))


@bp.get(_ONE, may=_MAY)
def period(period_id: int) -> Response:
    found = periods.period(g.actor, period_id)
    programmes, frozen = periods.of_period(g.actor, found), None
    told, rows = None, []
    if found.is_frozen:
        frozen, told = periods.frozen(found.id), told_of(found)
        rows = beside(found, told)
    is_over = all(today(each.zone) > found.ends_on for each in programmes)
    return render(PeriodPage(found, frozen, told, rows, programmes, _may_freeze(found), is_over))


@bp.post(f"{_ONE}/freezing", may=_FREEZE)
def freeze(period_id: int) -> Response:
    operations.freeze(g.actor, period_id)
    flash(_("The figures are frozen. They stay as they are now, whatever is entered later."), "done")
    return see_other(url_for("indicators.period", period_id=period_id))


@bp.get(f"{_ONE}/behind/<indicator>", may=_MAY)
def frozen_facts(period_id: int, indicator: str) -> Response:
    found, wanted = _seen(period_id), wanted_of(indicator)
    told = told_of(found)
    asked: Question = plain_question(told.programmes, told.span)
    page = behind_page(source_of(found), wanted, told, asked, "indicators.frozen_facts", {"period_id": found.id})
    return render(page)


@bp.get(f"{_ONE}/changes/<indicator>", may=_MAY)
def changes(period_id: int, indicator: str) -> Response:
    found = _seen(period_id)
    wanted = wanted_of(indicator)
    told, live = told_of(found), source_of(found, is_now=True)
    which, both = wanted.indicator, adjustments(list(told.figures), counted(live, []), told.earlier)
    own = [each for each in both if (each.indicator, each.word) == (which, wanted.word) and not each.is_other]
    if not own:
        raise NotFound
    rows = changed(source_of(found), live, which, wanted.word)
    columns = [each for each in behind.amounts(which) if each not in {"sessions", "of"} or which is Indicator.COVERAGE]
    columns = [] if which in {Indicator.PERSONS, Indicator.PARTICIPATIONS} else columns
    return render(ChangesPage(found, own[0], rows, columns, told, MOST))


@bp.get("/reports/settings/<code>", may=_FREEZE)
def settings(code: str) -> Response:
    programme = programme_by_code(g.actor, code, _FREEZE)
    form = _settings_form()
    form.courses.data, form.committee_share.data = queries.promotion_courses(programme.id), programme.committee_share
    return render(SettingsPage(programme, form))


@bp.post("/reports/settings/<code>", may=_FREEZE)
def settle(code: str) -> Response:
    programme, form = programme_by_code(g.actor, code, _FREEZE), _settings_form(is_sent=True)
    if not form.validate():
        return render(SettingsPage(programme, form), 422)
    operations.settle(g.actor, code, form.courses.data or [], form.committee_share.data or 0)
    flash(_("Saved. Reports go by this from now on; what is frozen stays as it is."), "done")
    return see_other(url_for("indicators.periods_index"))


def _form(*, is_sent: bool = False) -> PeriodForm | None:
    """The form, for whoever may freeze a programme at least."""
    scope = g.actor.scope(_FREEZE)
    seen = [each for each in queries.programmes(g.actor) if scope.reaches(each.id)]
    if not seen:
        return None
    last = quarter_before(max(today(each.zone) for each in seen))
    form = PeriodForm(request.form if is_sent else None, data={"since": last.first, "until": last.last})
    every = [("", _("All programmes"))] if scope.everything else []
    form.programme.choices = offered([*every, *((each.code, text(each.name)) for each in seen)])
    return form


def _list(form: PeriodForm | None, status: int = 200) -> Response:
    scope = g.actor.scope(_FREEZE)
    choosing = [each for each in queries.programmes(g.actor) if scope.reaches(each.id)]
    return render(PeriodsPage(periods.periods(g.actor), form, choosing), status)


def _settings_form(*, is_sent: bool = False) -> SettingsForm:
    form = SettingsForm(request.form if is_sent else None)
    form.courses.choices = offered((code, text(titles)) for code, titles in queries.courses())
    return form


def _seen(period_id: int) -> ReportingPeriod:
    """A frozen period whose people the actor sees. Raises NotFound."""
    found = periods.period(g.actor, period_id)
    ids = [each.id for each in periods.of_period(g.actor, found)]
    if not found.is_frozen or not queries.sees_people(g.actor, ids):
        raise NotFound
    return found


def beside(found: ReportingPeriod, told: Report) -> list[Adjustment]:
    """What was told, and what is known now, as far as the actor may know it."""
    now_ = counted(source_of(found, is_now=True), [])
    live = shown(g.actor, told.programmes, told.span, now(), now_, [])
    return adjustments(list(told.figures), list(live.figures), told.earlier)


def told_of(found: ReportingPeriod) -> Report:
    frozen, programmes = periods.frozen(found.id), periods.of_period(g.actor, found)
    figures = [read(each) for each in frozen.figures]
    span, own = Span(found.starts_on, found.ends_on), shares_of(programmes)
    told = shown(g.actor, programmes, span, frozen.frozen_at, figures, list(Split))
    shares = {code: share for code, share in frozen.committee_shares.items() if code in own}
    return replace(told, committee_shares=shares, earlier=earlier(frozen.definitions, shares, own))


def source_of(found: ReportingPeriod, *, is_now: bool = False) -> Source:
    ids = tuple(each.id for each in periods.of_period(g.actor, found))
    return Source(Asked(ids, Span(found.starts_on, found.ends_on), now()), None if is_now else found.id)


def _may_freeze(found: ReportingPeriod) -> bool:
    scope = g.actor.scope(_FREEZE)
    return scope.everything or (found.programme_id is not None and scope.reaches(found.programme_id))
