"""Country, calendar and date of a list, when nobody said them."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import phonenumbers

from app.factories.roster.choices import Choices
from app.factories.roster.columns import Mapping, samples
from app.factories.roster.dates import read_date
from app.factories.roster.phones import read_phone
from app.factories.roster.scripts import main_script
from app.factories.roster.text import as_text, ascii_digits, clean
from app.factories.roster.vocabulary import words
from app.platform.tables import Sheet, Value

_PHONES = 60
_DATE_IN_TEXT = re.compile(r"\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|\d{1,2}\D{1,25}\d{4}")
_ETHIOPIAN = re.compile(r"\bE\.?\s?C\b|ዓ\.?\s?ም", re.IGNORECASE)
_GREGORIAN = re.compile(r"\bG\.?\s?C\b|እ\.?\s?ኤ\.?\s?አ", re.IGNORECASE)
_LATER_SHARE = 0.2
_SCRIPT_COUNTRIES = {"KHMER": "KH", "BENGALI": "BD", "ETHIOPIC": "ET", "SINHALA": "LK", "MYANMAR": "MM", "THAI": "TH",
                     "LAO": "LA", "CJK": "CN"}


def guess_country(sheet: Sheet, header_row: int, mapping: Mapping) -> str | None:
    """From phone numbers written internationally, else from the languages of the headings and names, settled by which
    country's phone numbers these could be."""
    columns = mapping.columns.get("phone", ())
    phones = [text for column in columns for text in samples(sheet, header_row, column)][:_PHONES]
    regions = Counter(region for text in phones if (region := _region(text)))
    if regions:
        return regions.most_common(1)[0][0]
    likely = _by_language(sheet, header_row, mapping)
    valid = Counter({country: sum(read_phone(text, country)[0] is not None for text in phones) for country in likely})
    if len(likely) == 1:
        return likely[0]
    best = valid.most_common(2)
    # a wrong country would turn phones into somebody else's: no guess between equals
    clear = best and best[0][1] > (best[1][1] if len(best) > 1 else 0)
    return best[0][0] if clear else None


def _region(text: str) -> str | None:
    text = ascii_digits(text).strip()
    if not text.startswith(("+", "00")):
        return None
    try:
        number = phonenumbers.parse("+" + text.lstrip("+0"), None)
    except phonenumbers.NumberParseException:
        return None
    region = phonenumbers.region_code_for_number(number)
    return str(region) if region else None


def _by_language(sheet: Sheet, header_row: int, mapping: Mapping) -> list[str]:
    names = [column for kind in ("name", "local_name") for column in mapping.columns.get(kind, ())]
    for column in names:
        script = main_script(samples(sheet, header_row, column))
        if script in _SCRIPT_COUNTRIES:
            return [_SCRIPT_COUNTRIES[script]]
    counts = Counter(language for language in mapping.languages if language != "en")
    top = counts.most_common(1)
    countries = words("countries")
    spoken = [country for country, entry in countries.items() if top and top[0][0] in entry["languages"]]
    return spoken or list(countries)


def guess_import_date(sheet: Sheet, header_row: int) -> date | None:
    """The last full date in the lines above the headings, such as "as on 30.04.2026"."""
    found: date | None = None
    for values in sheet.rows[: header_row - 1]:
        for value in values:
            found = _date_in(value if isinstance(value, str) else as_text(value)) or found
    return found


def _date_in(text: str) -> date | None:
    plain = ascii_digits(clean(text))
    ethiopian = bool(_ETHIOPIAN.search(plain))
    days = (read_date(part, ethiopian=ethiopian, date_1904=False).day for part in _DATE_IN_TEXT.findall(plain))
    return next((day for day in days if day), None)


def guess_calendar(sheet: Sheet, choices: Choices, *, date_1904: bool) -> str | None:
    """`ethiopian` where the heading says so, or in Ethiopia unless many dates would then lie in the future;
    `buddhist` where most dates are centuries ahead."""
    row = choices.header_row or 1
    columns = (choices.columns or {}).get("joined", ())
    heading = " ".join(as_text(sheet.cell(row, column)) for column in columns)
    if _ETHIOPIAN.search(heading):
        return "ethiopian"
    if columns and _is_of_era(samples(sheet, row, columns[0]), date_1904=date_1904):
        return "buddhist"
    if choices.country != "ET" or not columns or _GREGORIAN.search(heading):
        return None
    texts = samples(sheet, row, columns[0])
    days = [read_date(text, ethiopian=True, date_1904=date_1904).day for text in texts]
    known = [day for day in days if day]
    late = sum(1 for day in known if choices.import_date and day > choices.import_date)
    return "ethiopian" if late <= _LATER_SHARE * len(known) else None


def _is_of_era(texts: Sequence[str], *, date_1904: bool) -> bool:
    read = [
        (read_date(text, ethiopian=False, date_1904=date_1904).day,
         read_date(text, ethiopian=False, date_1904=date_1904, buddhist=True).day) for text in texts]
    return sum(plain is None and of_era is not None for plain, of_era in read) * 2 > len(texts)


def has_heading_rows(sheet: Sheet, header_row: int) -> bool:
    """True when people stand below rows with a single text, as lists grouped by line have them."""
    rows = sheet.rows[header_row:]
    return any(
        _filled(above) == 1 and _filled(below) > 2 for above, below in pairwise(rows))


def _filled(values: Sequence[Value]) -> int:
    return sum(value is not None for value in values)
