"""What the start pages read: each in a fixed number of statements, only what the actor may see."""

from app.home.queries.coverage import FactoryRow, coverage
from app.home.queries.day import DayPart, my_day
from app.home.queries.desk import Desk, desk
from app.home.queries.helping import Helping, helping
from app.home.queries.office import Office, office
from app.home.queries.own import Own, own
from app.home.queries.teaching import Taught, Teaching, teaching
from app.home.queries.waiting import Waiting, waiting

__all__ = [
    "DayPart",
    "Desk",
    "FactoryRow",
    "Helping",
    "Office",
    "Own",
    "Taught",
    "Teaching",
    "Waiting",
    "coverage",
    "desk",
    "helping",
    "my_day",
    "office",
    "own",
    "teaching",
    "waiting",
]
