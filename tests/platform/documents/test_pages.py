"""Pages are numbered by one rule."""

from pathlib import Path

import app as product
from app.platform.documents.pages import page_words

LAYOUTS = [file for file in Path(product.__file__).parent.rglob("*.typ") if file.name != "pages.typ"]


def test_no_layout_numbers_its_pages_by_itself() -> None:
    own = [file.name for file in LAYOUTS if any(sign in file.read_text("utf-8") for sign in ("page).display", "1 / 1", "page).final"))]
    assert own == []


def test_in_the_digits_of_the_language() -> None:
    said = page_words("صفحة {page} من {pages}", "ar")
    assert (said["page"], said["digits"]) == ("صفحة {page} من {pages}", list("٠١٢٣٤٥٦٧٨٩"))
