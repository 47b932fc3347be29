"""A factory says what it wants; planners see what is wanted and plan it."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses import queries as courses
from app.courses.models import CourseVersion
from app.factories.models import Factory
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.i18n.languages import LANGUAGES
from app.platform.refusal import NotFound
from app.platform.web import render, see_other
from app.sessions.demand import operations, queries
from app.sessions.demand.forms import InterestForm, chosen_training
from app.sessions.demand.models import Interest
from app.sessions.demand.pages import AskPage, InterestPage
from app.sessions.demand.views.blueprint import bp
from app.sessions.demand.wording import STATES
from app.sessions.wording import MODALITIES, WORDS

MOST_FACTORIES = 500
"""Factories that a form offers to choose from."""

Standing = list[tuple[Factory, Interest | None]]


@bp.get("/courses/<code>/interest", may=Permission.INTEREST_DECLARE)
def ask(code: str) -> Response:
    version, standing = _about(code)
    factory, waiting = _asked(standing, request.args.get("factory", ""))
    return _show(version, standing, InterestForm(data=_data(factory, waiting, version)), factory, waiting)


@bp.post("/courses/<code>/interest", may=Permission.INTEREST_DECLARE)
def declare(code: str) -> Response:
    version, standing = _about(code)
    factory, waiting = _asked(standing, request.form.get("factory", ""))
    form = InterestForm(request.form)
    if not _offered(form, version, standing, waiting).validate():
        return _show(version, standing, form, factory, waiting, 422)
    _found, is_new = operations.declare(g.actor, form.factory.data, code, form.wish())
    flash(_("The planners see now what you want.") if is_new else _("Your interest is changed."), "done")
    return see_other(url_for("courses.course", code=code, _anchor="interest"))


@bp.post("/demand/<int:interest_id>/withdrawal", may=Permission.INTEREST_DECLARE)
def withdraw(interest_id: int) -> Response:
    found = operations.withdraw(g.actor, interest_id)
    flash(_("Your interest is withdrawn."), "done")
    return see_other(url_for("courses.course", code=found.course.code, _anchor="interest"))


@bp.get("/demand/<int:interest_id>", may=Permission.SESSIONS_PLAN)
def interest(interest_id: int) -> Response:
    found = queries.interest(g.actor, interest_id, Permission.SESSIONS_PLAN)
    version = courses.current_version(found.course_id)
    names = {code: language.own_name for code, language in LANGUAGES.items()}
    return render(InterestPage(found, version, queries.trainings_for(found), names, STATES, MODALITIES, WORDS))


@bp.post("/demand/<int:interest_id>/training", may=Permission.SESSIONS_PLAN)
def plan(interest_id: int) -> Response:
    training_id = chosen_training(request.form.get("training", ""))
    operations.plan(g.actor, interest_id, training_id)
    flash(_("The training session is noted.") if training_id else _("It waits for a date again."), "done")
    return see_other(url_for("demand.interest", interest_id=interest_id))


def _about(code: str) -> tuple[CourseVersion, Standing]:
    version = courses.current_version(courses.course_by_code(code).id)
    return version, queries.standing(g.actor, version.course_id, MOST_FACTORIES)


def _asked(standing: Standing, code: str) -> tuple[Factory | None, Interest | None]:
    """The factory with this code and its interest that waits; the only one where none is named. Raises NotFound."""
    found = next(((factory, waiting) for factory, waiting in standing if factory.code == code), None)
    if found:
        return found
    if code:
        raise NotFound
    return standing[0] if len(standing) == 1 else (None, None)


def _data(factory: Factory | None, waiting: Interest | None, version: CourseVersion) -> dict[str, object]:
    """What the form begins with."""
    if waiting and factory:
        return {
            "factory": factory.code, "people": waiting.people, "language": waiting.language, "note": waiting.note,
            "month": waiting.month.isoformat() if waiting.month else "", "modality": waiting.modality or "",
        }
    spoken = factory.language if factory and factory.language in version.languages else "en"
    return {"factory": factory.code if factory else "", "language": spoken}


def _offered(form: InterestForm, version: CourseVersion, standing: Standing, waiting: Interest | None) -> InterestForm:
    zone = standing[0][0].programme.zone if standing else "UTC"
    form.offer(version, [factory for factory, _waiting in standing], today(zone), waiting.month if waiting else None)
    return form


def _show(
    version: CourseVersion,
    standing: Standing,
    form: InterestForm,
    factory: Factory | None,
    waiting: Interest | None,
    status: int = 200,
) -> Response:
    _offered(form, version, standing, waiting)
    return render(AskPage(version, form, factory, waiting, STATES), status)
