"""What the readers of all formats share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.quizzes.gift.bank import bank_of
from app.quizzes.gift.faults import Bank, Fault
from app.quizzes.gift.questions import Format, Words
from app.quizzes.gift.weights import nearest
from app.quizzes.interchange.extras import Extras

MOST_BYTES = 10_000_000
_SHOWN = 60


@dataclass(slots=True)
class Notes:
    """What is wrong, collected while reading. `where` is the file inside a package."""

    where: str = ""
    faults: list[Fault] = field(default_factory=list)

    def add(self, line: int, code: str, detail: str = "") -> None:
        """Note one thing; long texts are cut."""
        short = detail if len(detail) <= _SHOWN else detail[: _SHOWN - 1] + "…"
        self.faults.append(Fault(line, code, ": ".join(part for part in (self.where, short) if part)))

    def has_errors(self) -> bool:
        """Whether something refuses the bank."""
        return any(fault.is_error for fault in self.faults)

    def weight(self, written: str | Decimal, line: int) -> Decimal:
        """The percentage that is meant; 0 with a fault where there is none."""
        number = nearest(f"{written:f}" if isinstance(written, Decimal) else written.strip())
        if number is None:
            self.add(line, "bad_weight", str(written))
        return number or Decimal(0)

    def extras(self, found: Extras | None, line: int) -> Extras:
        """Extras that cannot be read are reported and empty."""
        if found is None:
            self.add(line, "unsupported_part", "seamwise")
        return found or Extras()


def refused(fault: Fault) -> Bank:
    """The bank of a file that cannot be read at all."""
    return bank_of([], [fault])


def is_too_large(data: bytes) -> bool:
    """Longer than any bank of questions."""
    return len(data) > MOST_BYTES


def words_in(text: str, own: Format, question: Format) -> Words | None:
    """A text inside a question; its format only where it is another one than that of the question."""
    return Words(text, None if own is question else own) if text else None


def made_up_title(text: str) -> str:
    """A name for a question that has none, from its first words."""
    return " ".join(text.split())[:_SHOWN] or "-"


def check_weights(weights: Sequence[Decimal], line: int, notes: Notes, *, adds_up: bool = False) -> None:
    """Some answer must give full points; where several are chosen, the good ones should add up to them."""
    total = sum((weight for weight in weights if weight > 0), Decimal(0))
    is_right = total > 0 if adds_up else 100 in weights
    if not is_right:
        notes.add(line, "no_right_answer")
    elif adds_up and abs(total - 100) >= 1:
        notes.add(line, "weights_not_100", f"{total:f}")
