"""The catalogue, a course, a lesson."""

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses import labels, queries
from app.courses.models import CourseVersion
from app.courses.pages import CataloguePage, CoursePage, LessonPage
from app.courses.queries import CatalogueFilter
from app.courses.rules import Category, UnitKind, matches
from app.platform.i18n.languages import LANGUAGES
from app.platform.i18n.texts import current_language
from app.platform.web import Blueprint, render
from app.platform.web.panels import panels

bp = Blueprint("courses", __name__)


@bp.get("/courses", may=Permission.CATALOGUE_READ)
def catalogue() -> Response:
    chosen = _chosen()
    versions = queries.catalogue()
    spoken = sorted({code for version in versions for code in version.languages})
    return render(
        CataloguePage(
            versions=[version for version in versions if _fits(version, chosen)],
            chosen=chosen,
            categories=labels.CATEGORIES,
            modalities=labels.MODALITIES,
            course_languages=[(code, LANGUAGES[code].own_name) for code in spoken if code in LANGUAGES],
        )
    )


@bp.get("/courses/<code>", may=Permission.CATALOGUE_READ)
def course(code: str) -> Response:
    version = queries.current_version(queries.course_by_code(code).id)
    locale = current_language()
    language = locale if locale in version.objectives else "en"
    return render(
        CoursePage(
            version=version,
            units=version.units,
            objectives=version.objectives[language],
            objectives_language=language,
            categories=labels.CATEGORIES,
            kinds=labels.UNIT_KINDS,
            modalities=labels.MODALITIES,
            themes=labels.THEMES,
            roles=labels.ROLES,
            language_names={code: LANGUAGES[code].own_name for code in version.languages if code in LANGUAGES},
            panels=panels("course", g.actor, version),
        )
    )


@bp.get("/courses/<code>/lessons/<unit>", may=Permission.CATALOGUE_READ)
def lesson(code: str, unit: str) -> Response:
    version = queries.current_version(queries.course_by_code(code).id)
    lessons = [each for each in version.units if each.kind == UnitKind.LESSON]
    this = queries.unit(version.id, unit)
    at = next((number for number, each in enumerate(lessons) if each.id == this.id), 0)
    return render(
        LessonPage(
            version=version,
            unit=this,
            lesson=queries.lesson(this.id, current_language()),
            previous=lessons[at - 1] if at > 0 else None,
            following=lessons[at + 1] if at + 1 < len(lessons) else None,
        )
    )


def _chosen() -> CatalogueFilter:
    category = request.args.get("category", "")
    return CatalogueFilter(
        category=next((each for each in Category if each == category), None),
        language=request.args.get("language", ""),
        modality=request.args.get("modality", ""),
        words=request.args.get("q", "").strip(),
    )


def _fits(version: CourseVersion, chosen: CatalogueFilter) -> bool:
    return (
        (chosen.category is None or version.category == chosen.category)
        and (not chosen.language or chosen.language in version.languages)
        and (not chosen.modality or chosen.modality in version.modalities)
        and matches(chosen.words, [*version.titles.values(), *version.summary.values(), version.course.code])
    )
