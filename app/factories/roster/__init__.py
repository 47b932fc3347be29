"""Rosters as HR offices send them: read, checked, compared. Pure: bytes and values in, values out."""

from app.factories.roster.compare import compare
from app.factories.roster.output import as_json, exit_code
from app.factories.roster.read import Told, check, check_tables, nobody, open_tables, refused
from app.factories.roster.results import Changes, Problem, Roster, Row, Skipped

__all__ = ["Changes", "Problem", "Roster", "Row", "Skipped", "Told", "as_json", "check", "check_tables",
           "compare", "exit_code", "nobody", "open_tables", "refused"]
