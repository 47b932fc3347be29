"""A Monday that is far enough away."""

from datetime import date

from tests.make.sessions import monday

MONDAY = monday(14)
DAYS = (MONDAY - date.today()).days
