"""The facts of a course of which only the title page is written."""

from datetime import date

from pydantic import ValidationError

from app.content.authoring.rules import Blank
from app.content.schema import SOURCE_LOCALE, CourseFacts, GroupSize, Language, PassRule, UnitFacts
from app.courses.rules import UnitKind
from app.sessions.rules import Modality

ATTENDANCE = 0.8
FIRST_NUMBER = "1"
MEETINGS = "meetings"


def blank_facts(blank: Blank, review_by: date) -> CourseFacts | None:
    """The facts with one unit, the half-days; None when something that was said is no value of a course."""
    en = SOURCE_LOCALE
    try:
        return CourseFacts(
            id=blank.code,
            version=FIRST_NUMBER,
            category=blank.category,
            titles={en: blank.title},
            summary={en: blank.summary},
            objectives={en: blank.objectives},
            audience=blank.audience,
            themes=(),
            hours=blank.hours,
            group_size=GroupSize(min=8, max=25),
            modalities=(Modality.IN_PERSON,),
            languages={en: Language(reviewed=False)},  # type: ignore[arg-type] # as the file says it
            pass_rule=PassRule(attendance=ATTENDANCE, test=None),
            validity=None,
            sources=blank.sources,
            review_by=review_by,
            units=(_meetings(blank.hours),),
        )
    except ValidationError:
        return None


def _meetings(hours: float) -> UnitFacts:
    minutes = max(1, round(hours * 60))
    return UnitFacts(id=MEETINGS, kind=UnitKind.MEETING, minutes=minutes, titles={SOURCE_LOCALE: "Half-days"})
