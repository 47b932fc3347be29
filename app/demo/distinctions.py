"""The rule by which a factory earns a certificate of its own: one of them has met it, others are near."""

from datetime import datetime, time, timedelta

from app.certificates.of_factories.operations.checking import check_factory
from app.certificates.of_factories.operations.ruling import Settings, make_rule
from app.certificates.of_factories.rules import Condition
from app.courses.queries import course_by_code
from app.demo import days
from app.demo.cast import Cast
from app.demo.plots import SKILLS
from app.factories.rules import JobRole
from app.platform.clock import today

SINCE = timedelta(days=1)
_NAME = {
    "en": "Skilled supervision",
    "km": "ការគ្រប់គ្រងប្រកបដោយជំនាញ",
    "vi": "Giám sát có kỹ năng",
    "ar": "إشراف بمهارة",
}


def award(cast: Cast) -> None:
    """Six of ten supervisors hold a valid certificate: counted once, the day before today."""
    skills = Condition(course_by_code(SKILLS).id, (JobRole.SUPERVISOR,), 60)
    with days.at(cast.place, datetime.combine(today(cast.place.zone) - SINCE, time(14))):
        make_rule(cast.manager, cast.place.code, Settings(_NAME, (skills,), months=12, grace_days=30))
        check_factory(cast.manager, cast.factory.code)
