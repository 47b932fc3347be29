"""A half-day with people, and the trainer who takes its roll call."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import sqlalchemy as sa

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts import operations as accounts
from app.accounts.models import Account, PersonCard
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.sheets.models import SheetPhoto
from app.platform.clock import now
from app.platform.db import db
from app.quizzes.models import PaperScore
from app.sessions.models import Trainer, TrainingSession
from tests.browser.site import Site
from tests.make import attendance, courses, factories, quizzes
from tests.make.attendance import site as place
from tests.story import PASSWORD

_numbers = count(1)
NAMES = ("Sok Dara", "Chan Bopha", "Heng Sreymom", "Kim Ratha", "Ly Vanna", "Meas Thida", "Nov Pisey", "Ouk Samnang")
LOCAL = ("សុខ ដារ៉ា", "ចាន់ បុប្ផា", "ហេង ស្រីមុំ", "", "លី វណ្ណា", "", "នៅ ពិសី", "")


@dataclass(frozen=True)
class Stage:
    """Plain values only. `people` are ids in the order of the list."""

    email: str
    training: int
    meeting: int
    people: tuple[int, ...]
    factory: str

    @property
    def roll(self) -> str:
        return f"#roll/{self.meeting}"


def trainer(language: str = "en") -> Account:
    number = next(_numbers)
    return accounts.create_account(
        SYSTEM, email=f"kit-{number}@kit.example", name=f"Trainer {number}", language=language, password=PASSWORD,
        grants=[Grant(Role.TRAINER)],
    )


def half_day(people: int = 8, *, by: Account | None = None, language: str = "en", half_days: int = 1) -> Stage:
    """A half-day that began half an hour ago, with so many people at two places; its trainer has a password."""
    who = by or trainer(language)
    training = attendance.training(half_days=half_days, first=now() - timedelta(minutes=30), trainers=[who])
    factory = factories.factory(f"KIT-{next(_numbers)}", name="Golden Needle Garment")
    room = place(training, "Meeting room of the factory")
    found = [
        factories.person(factory, name=_name(at), local_name=LOCAL[at % 8] or None, language="km") for at in range(people)
    ]
    for at, person in enumerate(found):
        attendance.seat(training, person, factory, at=room if at % 4 == 3 else None)
    meeting = training.meetings[0]
    return Stage(who.email, training.id, meeting.id, tuple(person.id for person in found), factory.code)


def _name(at: int) -> str:
    return NAMES[at] if at < len(NAMES) else f"{NAMES[at % 8]} {at // 8 + 1}"


def counted(site: Site, meeting: int) -> dict[int, str]:
    """What counts at a half-day, by person."""
    return site.look(lambda: {row.person_id: row.mark.value for row in db.session.scalars(sa.select(CurrentMark).where(CurrentMark.meeting_id == meeting))})


def entries(site: Site, meeting: int) -> int:
    """How often the log was written."""
    return site.look(lambda: db.session.scalar(sa.select(sa.func.count(MarkEntry.id)).where(MarkEntry.meeting_id == meeting)) or 0)


def training_of(stage: Stage) -> TrainingSession:
    return db.session.get_one(TrainingSession, stage.training)


def also_teaches(training_id: int, account: Account) -> None:
    db.session.add(Trainer(training_id=training_id, account_id=account.id))


def with_test(language: str = "en") -> Stage:
    """A half-day of a course with a test that can be taken on paper."""
    stage = half_day(language=language)
    training = training_of(stage)
    quizzes.bank(courses.unit(training.version, "post-test").id)
    return stage


def card_of(person_id: int) -> str:
    """What the live card of a person says."""
    return db.session.scalars(sa.select(PersonCard.token).where(PersonCard.person_id == person_id)).one()


def scores(training_id: int) -> list[PaperScore]:
    return list(db.session.scalars(sa.select(PaperScore).where(PaperScore.training_id == training_id)))


def photos(meeting_id: int) -> int:
    return db.session.scalar(sa.select(sa.func.count(SheetPhoto.id)).where(SheetPhoto.meeting_id == meeting_id)) or 0
