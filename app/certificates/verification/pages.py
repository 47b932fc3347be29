"""Contexts of the pages of verification."""

from dataclasses import dataclass
from typing import ClassVar

from app.certificates.verification.answers import Answer
from app.certificates.verification.forms import CodeForm, FileForm
from app.platform.web import Page


@dataclass(frozen=True)
class AskPage(Page):
    template: ClassVar[str] = "certificates/verification/ask.html"
    form: CodeForm
    file_form: FileForm
    official: str


@dataclass(frozen=True)
class AnswerPage(Page):
    """One answer, about a code or about a file."""

    template: ClassVar[str] = "certificates/verification/answer.html"
    code: str
    """What was asked, as it is printed; the digest of a file."""
    answer: Answer | None
    is_mistyped: bool
    is_about_file: bool
    official: str
    """The address of this site: a look-alike would show another in the browser."""
