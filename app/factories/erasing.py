"""Taking people out for good: their rows, what a merge or an import kept for its undo, and stored staff lists."""

from collections import defaultdict
from collections.abc import Collection, Mapping

import sqlalchemy as sa

from app.factories import stored
from app.factories.known import Known, known
from app.factories.models import Employment, Factory, Person, PersonMerge, RosterImport
from app.factories.roster.numbers import number_key
from app.factories.rules import ImportState
from app.factories.undo import forget, read_undo
from app.platform.clock import now
from app.platform.db import db
from app.platform.files import FileMissing, files
from app.platform.i18n.folding import searchable

NOBODY = Known()


def pseudonym(person_id: int) -> str:
    """What stands where the name was."""
    return f"P-{person_id:06d}"


def hold(person_ids: Collection[int]) -> None:
    """Wait for staff lists that are being applied or taken back, and for packs of evidence that are being kept: they
    would write back what goes. Whoever comes later finds these people erased. Factories are held before people, and
    both by their number, as everywhere.
    """
    theirs = sa.select(Employment.factory_id).where(Employment.person_id.in_(person_ids))
    at = sa.select(Factory.id).where(Factory.id.in_(theirs)).order_by(Factory.id)
    db.session.execute(at.with_for_update(key_share=True))
    who = sa.select(Person.id).where(Person.id.in_(person_ids)).order_by(Person.id)
    db.session.execute(who.with_for_update(key_share=True))


def take_out(person_ids: Collection[int]) -> list[str]:
    """Pseudonymise these entries, as many in one go as there are; answers the keys of files that are not needed.

    Every staff list of their factories is gone through once. Call `hold` before.
    """
    jobs = _jobs(person_ids)
    old = _forget_in_rosters(set(person_ids), jobs)
    _forget_in_merges(person_ids)
    _rename(person_ids, jobs)
    return old


def _jobs(person_ids: Collection[int]) -> list[Employment]:
    mine = sa.select(Employment).where(Employment.person_id.in_(person_ids))
    return list(db.session.scalars(mine.order_by(Employment.id)))


def _rename(person_ids: Collection[int], jobs: list[Employment]) -> None:
    for person in db.session.scalars(sa.select(Person).where(Person.id.in_(person_ids))):
        person.name, person.local_name = pseudonym(person.id), None
        person.search_text, person.erased_at = searchable(person.name), now()
        person.phone = person.email = None
    places: dict[int, int] = defaultdict(int)
    for job in jobs:
        places[job.person_id] += 1
        job.employee_number = f"{pseudonym(job.person_id)}-{places[job.person_id]}"
        job.number_key, job.designation = number_key(job.employee_number), None
    db.session.flush()


def _forget_in_merges(person_ids: Collection[int]) -> None:
    mine = sa.or_(PersonMerge.winner_id.in_(person_ids), PersonMerge.loser_id.in_(person_ids))
    for merge in db.session.scalars(sa.select(PersonMerge).where(mine)):
        merge.moved = {**merge.moved, "person": {}}


def _forget_in_rosters(person_ids: set[int], jobs: list[Employment]) -> list[str]:
    """Take these people out of what was read of staff lists; answers the keys of the files of before."""
    at: dict[int, dict[int, Employment]] = defaultdict(dict)
    for job in jobs:
        at[job.factory_id][job.id] = job
    told = known(person_ids)
    imports = sa.select(RosterImport).where(RosterImport.factory_id.in_(at)).order_by(RosterImport.id)
    by_factory: dict[int, list[RosterImport]] = defaultdict(list)
    for found in db.session.scalars(imports):
        by_factory[found.factory_id].append(found)
    return [key for factory_id, rows in by_factory.items() for key in _forget_at(at[factory_id], rows, told)]


def _forget_at(jobs: Mapping[int, Employment], imports: list[RosterImport], told: Mapping[int, Known]) -> list[str]:
    people = {job.person_id for job in jobs.values()}
    said = NOBODY.and_all(told[each] for each in people)
    numbers = {job.number_key for job in jobs.values()} | _former_numbers(jobs, imports)
    applied = stored.Gone(numbers, said.words)
    old = []
    for found in imports:
        if found.undo:
            found.undo = forget(found.undo, set(told), jobs.keys())
        gone = applied
        if found.state == ImportState.PREVIEWED:  # it may be applied yet: whoever only has the same name stays in it
            gone = stored.Gone(numbers, said.names, _numbers_of_others(found.factory_id, people))
        if found.file_key and (new := _rewritten(found, gone)) is not None:
            old.append(found.file_key)
            found.file_key = new
    return old


def _former_numbers(jobs: Mapping[int, Employment], imports: list[RosterImport]) -> set[str]:
    """Numbers that an import gave them or took from them."""
    terms = [each for found in imports if found.undo for each in read_undo(found.undo).terms if each.row_id in jobs]
    return {told["number_key"] for each in terms for told in (each.before, each.after) if "number_key" in told}


def _numbers_of_others(factory_id: int, person_ids: set[int]) -> frozenset[str]:
    rows = db.session.execute(
        sa.select(Employment.person_id, Employment.number_key)
        .where(Employment.factory_id == factory_id, Employment.ended_on.is_(None))
    )
    return frozenset(key for person_id, key in rows if person_id not in person_ids)


def _rewritten(found: RosterImport, gone: stored.Gone) -> str | None:
    """The key of the same list without these people; None when it is gone or does not speak of them.

    Of a list that was taken back nothing stays: it may call people by numbers and names that are known nowhere else.
    """
    if found.state == ImportState.UNDONE:
        return ""
    try:
        data = files().get(found.file_key)
    except FileMissing:
        return None
    kept = stored.without(data, gone)
    return None if kept == data else files().put(kept)
