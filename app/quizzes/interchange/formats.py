"""The formats that banks are exchanged in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.quizzes.gift import parse, to_gift
from app.quizzes.gift.faults import Bank
from app.quizzes.gift.questions import Question
from app.quizzes.interchange import aiken, moodle, qti
from app.quizzes.interchange.carried import Lost, written


@dataclass(frozen=True, slots=True)
class BankFormat:
    """How a format is read and written; `read` lists all faults and raises nothing."""

    name: str
    read: Callable[[bytes], Bank]
    _write: Callable[[Iterable[Question]], bytes]

    def write(self, questions: Iterable[Question]) -> tuple[bytes, tuple[Lost, ...]]:
        """The file (the same bytes for the same questions), and what this format could not say."""
        return written(questions, self.read, self._write)


FORMATS = {
    each.name: each
    for each in (
        BankFormat("gift", parse, lambda questions: to_gift(questions).encode()),
        BankFormat("aiken", aiken.read, aiken.write),
        BankFormat("moodle-xml", moodle.read, moodle.write),
        BankFormat("qti21", qti.read, qti.write_21),
        BankFormat("qti3", qti.read, qti.write_3),
    )
}
