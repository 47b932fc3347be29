"""A Monday that is far enough away, and a training session on it."""

from datetime import date, timedelta

TODAY = date.today()
MONDAY = TODAY + timedelta(days=14 + (7 - TODAY.weekday()) % 7)
DAYS = (MONDAY - TODAY).days
