"""From headings and a look at the data to a proposal which column is what."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.factories.roster.choices import Columns
from app.factories.roster.fit import fits, is_counting
from app.factories.roster.headers import IGNORED_KINDS, meanings
from app.factories.roster.headlines import headings
from app.factories.roster.naming import NAME_KINDS, NamedColumn, name_columns
from app.factories.roster.text import as_text
from app.factories.roster.vocabulary import languages_of
from app.platform.tables import Sheet, Value

_SAMPLE = 200
_FITS, _FITS_NOT = 0.5, -0.7
_OWN_LANGUAGE, _ENGLISH = 0.3, 0.2


@dataclass(frozen=True)
class Mapping:
    """A proposed column map; `languages` are those of the headings that were understood."""

    columns: Columns
    sex_columns: dict[str, int] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    points: float = 0.0

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields without which nobody can be told apart."""
        return tuple(name for name in ("employee_number", "name") if not self.columns.get(name))


@dataclass(frozen=True)
class _Guess:
    column: int
    kind: str
    points: float
    language: str


def samples(sheet: Sheet, header_row: int, column: int) -> list[str]:
    """Non-blank texts of a column below its heading."""
    rows = sheet.rows[header_row: header_row + _SAMPLE]
    texts = (as_text(row[column - 1]) for row in rows if len(row) >= column)
    return [text for text in texts if text]


def propose_columns(sheet: Sheet, header_row: int, country: str | None) -> Mapping:
    """What each column of the sheet holds, given the row of the headings (from 1)."""
    named_columns = [(column, text) for column, text in enumerate(headings(sheet, header_row), 1) if text]
    data = {column: samples(sheet, header_row, column) for column, _ in named_columns}
    guesses = [guess for column, text in named_columns if (guess := _guess(column, text, data[column], country))]
    columns = {kind: _best(guesses, kind) for kind in ("employee_number", "sex", "designation", "joined", "phone")}
    columns["line"] = _best(guesses, "line") or _best(guesses, "section")
    columns["employee_number"] = columns["employee_number"] or _numbered(guesses, data)
    named = [NamedColumn(guess.column, guess.kind, guess.points, data[guess.column]) for guess in guesses
             if guess.kind in NAME_KINDS]
    columns["name"], columns["local_name"] = name_columns(named, country)
    sex_columns = {} if columns["sex"] else _marked_sexes(guesses)
    languages = tuple(guess.language for guess in guesses)
    points = sum(1.0 for numbers in columns.values() if numbers)
    return Mapping(columns, sex_columns, languages, points)


def _guess(column: int, heading: str, data: Sequence[str], country: str | None) -> _Guess | None:
    spoken = languages_of(country) if country else ()
    best: _Guess | None = None
    for meaning in meanings(heading):
        points = meaning.points + (_OWN_LANGUAGE if meaning.language in spoken else 0.0)
        points += _ENGLISH if meaning.language == "en" else 0.0
        kind, fit = meaning.kind, fits(meaning.kind, data)
        if kind == "employee_number" and fits("citizen_id", data):
            kind = "citizen_id"
        points += 0.0 if fit is None else _FITS if fit else _FITS_NOT
        if best is None or points > best.points:
            best = _Guess(column, kind, points, meaning.language)
    return best


def _best(guesses: Sequence[_Guess], kind: str) -> tuple[int, ...]:
    fitting = [guess for guess in guesses if guess.kind == kind]
    return (max(fitting, key=lambda guess: (guess.points, -guess.column)).column,) if fitting else ()


def _numbered(guesses: Sequence[_Guess], data: dict[int, list[str]]) -> tuple[int, ...]:
    """A column headed only "No." holds employee numbers when it does not just count the rows."""
    serial = [guess.column for guess in guesses if guess.kind == "serial" and len(data[guess.column]) > 1]
    return tuple(column for column in serial
                 if fits("employee_number", data[column]) and not is_counting(data[column]))[:1]


def _marked_sexes(guesses: Sequence[_Guess]) -> dict[str, int]:
    women, men = _best(guesses, "female"), _best(guesses, "male")
    return {"F": women[0], "M": men[0]} if women and men else {}


def header_points(texts: Sequence[Value]) -> float:
    """How much the cells of a row look like headings: recognised kinds, each once; 0 for fewer than two."""
    kinds: dict[str, float] = {}
    for value in texts:
        found = meanings(value) if isinstance(value, str) else ()
        if found:
            worth = (1.0 if found[0].points >= 3 else 0.4) * (0.5 if found[0].kind in IGNORED_KINDS else 1.0)
            kinds[found[0].kind] = max(kinds.get(found[0].kind, 0.0), worth)
    return sum(kinds.values()) if len(kinds) > 1 else 0.0
