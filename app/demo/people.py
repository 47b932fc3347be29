"""The people of a factory, drawn with a seed."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from random import Random

from app.accounts.rules import PIN_LENGTH
from app.demo.names import Name, draw
from app.demo.places import Place
from app.factories.rules import JobRole, Sex

DESIGNATIONS = {
    JobRole.MANAGER: "Production Manager",
    JobRole.INDIRECT_SUPERVISOR: "Line Chief",
    JobRole.SUPERVISOR: "Line Supervisor",
    JobRole.OFFICE: "HR Officer",
    JobRole.MECHANIC: "Mechanic",
    JobRole.QUALITY: "Quality Inspector",
    JobRole.HELPER: "Helper",
    JobRole.OPERATOR: "Sewing Operator",
}
_FEW = {JobRole.MANAGER: 2, JobRole.INDIRECT_SUPERVISOR: 3, JobRole.OFFICE: 2, JobRole.MECHANIC: 3}
_LINE_ROLES = {JobRole.SUPERVISOR, JobRole.QUALITY, JobRole.HELPER, JobRole.OPERATOR}
FIRST_ROSTER, SECOND_ROSTER = timedelta(days=800), timedelta(days=40)
"""How long ago the two rosters of each factory were imported."""


@dataclass(frozen=True)
class Worker:
    """Somebody who works at the factory. `leaves`: is no longer on the second roster."""

    number: str
    name: Name
    sex: Sex
    role: JobRole
    line: str | None
    joined: date
    leaves: bool = False


def staff(place: Place, seed: int, today: date) -> list[Worker]:
    """Everybody who is on one of the two rosters, supervisors first."""
    random = Random(f"{seed} people {place.code}")  # noqa: S311 - a story, not a secret
    workers, taken = [], set[str]()
    for number, role in enumerate(_roles(place, random), 1):
        worker = _worker(place, random, number, role, today)
        while worker.name.latin in taken:
            worker = replace(worker, name=draw(random, place.language, worker.sex))
        taken.add(worker.name.latin)
        workers.append(worker)
    return _some_leave(workers, random)


def _roles(place: Place, random: Random) -> list[JobRole]:
    few = [role for role, count in _FEW.items() for _ in range(count)]
    rest = place.people - place.supervisors - len(few)
    others = random.choices([JobRole.OPERATOR, JobRole.HELPER, JobRole.QUALITY], [70, 20, 10], k=rest)
    return [*[JobRole.SUPERVISOR] * place.supervisors, *few, *others]


def _worker(place: Place, random: Random, number: int, role: JobRole, today: date) -> Worker:
    sex = Sex.F if random.random() < place.women else Sex.M
    is_new = role not in {JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR} and random.random() < 0.15
    days = random.randint(50, 780) if is_new else random.randint(830, 3600)
    return Worker(
        number=f"{place.prefix}{number * 7 + 100:04d}",
        name=draw(random, place.language, sex),
        sex=sex,
        role=role,
        line=f"Line {(number - 1) % place.supervisors + 1}" if role in _LINE_ROLES else None,
        joined=today - timedelta(days=days),
    )


def _some_leave(workers: list[Worker], random: Random) -> list[Worker]:
    """The second supervisor goes, certified; and some of the others."""
    going = {workers[1].number, *(w.number for w in workers if w.role is JobRole.OPERATOR and random.random() < 0.1)}
    return [replace(worker, leaves=worker.number in going) for worker in workers]


def pin_of(place: Place, number: str) -> str:
    """The demo PIN of a person: the same in every demo, whatever the seed."""
    digits = int(sha256(f"{place.factory_code} {number}".encode()).hexdigest(), 16) % 10**PIN_LENGTH
    return f"{digits:0{PIN_LENGTH}d}"
