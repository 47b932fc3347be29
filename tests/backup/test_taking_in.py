"""A programme of another installation is taken in beside one that is there, and both are what they were."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from app.access.roles import Role
from app.accounts.models import Account
from app.accounts.secrets import NO_PASSWORD
from app.backup import importing, programmes, restoring
from app.backup.numbers import is_random, references
from app.backup.rows import dumping, tables
from app.backup.rules import MANIFEST, NotValid, Table
from app.boot import create_app
from app.certificates.models import Certificate, SigningKey
from app.factories.models import Factory, Programme
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.files import files
from app.sessions.registers.models import Absence
from tests.backup.conftest import Site
from tests.backup.test_damage import members, packed
from tests.backup.test_drill import contents, figures, page
from tests.browse import Browse
from tests.conftest import Databases, settings_for
from tests.faults.processes import Hatchery, Product
from tests.make import accounts, factories, structure

pytestmark = pytest.mark.slow
RENAMED = (
    "UPDATE programme SET code = 'X' || code", "UPDATE factory SET code = 'XX-' || code", "UPDATE certificate SET number = 'XX-' || number",
    "UPDATE certificate SET code = 'XX' || code", "UPDATE training_session SET code = 'X' || code",
    "UPDATE invitation SET uid = 'XX' || uid", "UPDATE account SET name = 'Known here'", "UPDATE account SET password_hash = 'their own'",
)  # fmt: skip
"""The same story in another programme, with the same accounts, courses and keys: equal numbers of other rows."""


@dataclass(frozen=True)
class Joined:
    """An installation that held another programme, every table as it was before, and what was said."""

    app: Flask
    file: Path
    before: dict[str, bytes]
    taken: importing.Taken


def lines(table: Table) -> bytes:
    with dumping.snapshot(db.engine) as connection:
        return b"".join(dumping.blocks(connection, table))


def everything() -> dict[str, bytes]:
    return {table.name: lines(table) for table in tables()}


@pytest.fixture(scope="module")
def joined(site: Site, exported: Path, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Joined]:
    app = create_app(settings_for(databases.fresh(), tmp_path_factory.mktemp("joined")))
    with app.app_context():
        restoring.restore(site.file)
        with transaction():
            for statement in RENAMED:
                db.session.execute(sa.text(statement))
        before = everything()
        yield Joined(app, exported, before, importing.take_in(exported))
        db.session.remove()
        db.engine.dispose()


def rows_of(table: Table, data: bytes) -> dict[int, dict[str, object]]:
    names = [column.name for column in table.columns]
    found = (dict(zip(names, json.loads(line), strict=True)) for line in data.splitlines())
    return {row["id"]: row for row in found}


def run(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(args=["programme", *map(str, words)])


def test_what_was_there_is_there_byte_for_byte(joined: Joined) -> None:
    after = everything()
    for table in tables():
        there, now_ = joined.before[table.name], after[table.name]
        kept = set(there.splitlines()) <= set(now_.splitlines()) if is_random(table.name) else now_.startswith(there)
        assert kept, table.name
    came = {name: after[name].count(b"\n") - there.count(b"\n") for name, there in joined.before.items() if name != "audit_entry"}
    assert {name: count for name, count in came.items() if count} == joined.taken.came


def test_figures_certificates_and_files_are_those_of_the_other_site(joined: Joined, site: Site) -> None:
    assert figures(joined.app) == figures(site.app)
    with joined.app.app_context():
        code = db.session.scalars(sa.select(Certificate.code).where(Certificate.number.startswith("KH")).order_by(Certificate.id)).all()[0]
        other = db.session.scalars(sa.select(Certificate.file_key).where(Certificate.file_key.is_not(None))).all()[0]
        assert files().get(other).startswith(b"%PDF")
    assert page(joined.app, code) == page(site.app, code)


def test_papers_that_were_handed_out_are_known_here(joined: Joined, tmp_path: Path) -> None:
    drawn = Certificate.file_key.is_not(None), Certificate.number.startswith("KH")
    (tmp_path / "c.pdf").write_bytes(files().get(db.session.scalars(sa.select(Certificate.file_key).where(*drawn)).one() or ""))
    told = joined.app.test_cli_runner().invoke(args=["certificates", "verify", "--json", str(tmp_path / "c.pdf")])
    assert (told.exit_code, json.loads(told.stdout)["number"][:2]) == (0, "KH")


@pytest.mark.parametrize("point", ["backup.rows_restored", "backup.files_restored"])
def test_killed_while_it_comes_there_is_nothing_of_it(exported: Path, elsewhere: Flask, hatchery: Hatchery, point: str) -> None:
    with transaction():
        factories.factory("LK-OTHER", programme_id=factories.programme("LK").id)
    before = contents()
    db.session.remove()
    db.engine.dispose()
    assert Product(elsewhere, hatchery).command("programme", "import", str(exported), stop_at=point).killed
    assert contents() == before


def test_a_role_in_a_group_that_is_met_stays_out_and_a_key_of_the_same_day_gets_another_name(
    exported: Path, elsewhere: Flask, tmp_path: Path, theirs: dict[str, Any]
) -> None:
    ours = {"seal_chain": "ours", "credential_public": "ours", "made_at": now(), "retired_at": None}
    with transaction():
        db.session.add(SigningKey(name="2026-01-01", **ours))
        structure.group("OURS", factories.factory("LK-OTHER", programme_id=factories.programme("LK").id)).name = "Lotus "
    grant = {"id": 99, "account_id": 1, "role": Role.GROUP_VIEWER.value, "group_id": 5}
    data = forged(exported, {
        "factory": other_lines(exported, "factory", group_id=5), "signing_key": one_line("signing_key", **theirs),
        "factory_group": one_line("factory_group", id=5, code="THEIRS", name="lotus"), "role_grant": one_line("role_grant", **grant),
    })  # fmt: skip
    (tmp_path / "f.zip").write_bytes(data)
    taken = importing.take_in(tmp_path / "f.zip")
    assert (taken.met["factory_group"], taken.left["role_grant"]) == (1, 1)
    keys = {row.name: row.retired_at is None for row in db.session.scalars(sa.select(SigningKey))}
    assert (keys.pop("2026-01-01"), [*keys.values()], [name[:11] for name in keys]) == (True, [False], ["2026-01-01-"])


def test_every_number_leads_to_what_came_or_was_met(joined: Joined) -> None:
    now_, was = everything(), joined.before
    new = {table.name: rows_of(table, now_[table.name]).keys() - rows_of(table, was[table.name]).keys() for table in tables()}
    met = set(joined.taken.met)
    for table in tables():
        for number, row in rows_of(table, now_[table.name]).items():
            if number not in new[table.name] or table.name == "audit_entry":
                continue
            for each in references(table.name):
                value = row[each.column]
                fits = value is None or value in new[each.target] or each.target in met or (value <= 0 and not each.is_hard)
                assert fits, (table.name, each.column, value)


def test_accounts_keep_what_they_have_and_gain_roles_there_alone(joined: Joined) -> None:
    accounts = db.session.execute(sa.select(Account.name, Account.password_hash)).all()
    assert {(row.name, row.password_hash) for row in accounts} == {("Known here", "their own")}
    programme, factory = (db.session.scalars(sa.select(kind.id).where(kind.code == code)).one()
                          for kind, code in ((Programme, "KH"), (Factory, "KH-STORY")))
    grants = db.session.execute(sa.text("SELECT programme_id, factory_id, group_id FROM role_grant ORDER BY id")).all()
    assert {tuple(row) for row in grants[len(grants) // 2 :]} == {(programme, None, None), (None, factory, None)}


def test_a_met_account_is_as_it_was_but_for_roles_in_the_programme(exported: Path, elsewhere: Flask, tmp_path: Path) -> None:
    """Whatever a file says of somebody who is here: days, languages, words, the way to sign in."""
    names = [column.name for column in next(table for table in tables() if table.name == "account").columns]
    theirs = [dict(zip(names, json.loads(line), strict=True)) for line in members(exported)["tables/account.jsonl"].splitlines()]
    known, new = theirs[0]["id"], theirs[1]["id"]
    with transaction():
        mine = accounts.account(Role.TRAINER, email=theirs[0]["email"], name="Known here").id
        db.session.add(Absence(account_id=mine, starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 2)))

    def of_mine() -> dict[str, list[Any]]:
        kept = (table for table in tables() if table.name != "role_grant")
        columns = ((table.name, each.column) for table in kept for each in references(table.name) if each.target == "account")
        return {"account": db.session.execute(sa.text(f"SELECT * FROM account WHERE id = {mine}")).all()} | {
            f"{table}.{column}": found for table, column in columns
            if (found := db.session.execute(sa.text(f"SELECT * FROM {table} WHERE {column} = {mine} ORDER BY id")).all())
        }

    before = of_mine()
    days = {"starts_on": "2026-05-01", "ends_on": "2026-05-31"}
    (tmp_path / "f.zip").write_bytes(forged(exported, {
        "absence": b"".join(one_line("absence", id=number, account_id=whose, **days) for number, whose in enumerate((known, new, known), 1)),
        "trainer_languages": one_line("trainer_languages", id=1, account_id=known, languages='["sw"]'),
        "account": other_lines(exported, "account", name="Somebody else", language="ar"),
        "trainer": b"", "role_grant": one_line("role_grant", id=1, account_id=known, role="trainer", programme_id=1, note="", starts_on="2026-01-01"),
    }))  # fmt: skip
    foreseen = importing.foreseen(tmp_path / "f.zip")
    taken = importing.take_in(tmp_path / "f.zip")
    assert foreseen.left == taken.left
    assert (taken.met["account"], taken.came["absence"], taken.left["absence"], taken.left["trainer_languages"]) == (1, 1, 2, 1)
    db.session.expire_all()
    after = of_mine()
    assert {name: rows for name, rows in after.items() if name in before} == before
    assert not {name for name in after if name.split(".")[0] in programmes.OF_ACCOUNTS} - {"absence.account_id"}


def test_a_second_time_it_is_refused(joined: Joined) -> None:
    before = contents()
    told = run(joined.app, "import", joined.file)
    assert (told.exit_code, "There is a programme KH here already" in told.output) == (3, True)
    assert contents() == before


def test_a_dry_run_says_what_would_come_and_writes_nothing(joined: Joined, exported: Path, elsewhere: Flask) -> None:
    before = contents()
    told = json.loads(run(elsewhere, "import", exported, "--dry-run", "--json").stdout)
    assert (told["programme"], told["dry_run"], told["met"], told["came"]["factory"]) == ("KH", True, {}, 1)
    assert contents() == before
    done = json.loads(run(elsewhere, "import", exported, "--json").stdout)
    assert (done["came"], done["met"]) == (told["came"], {})
    assert {row.password_hash for row in db.session.scalars(sa.select(Account))} == {NO_PASSWORD}


def forged(exported: Path, changed: dict[str, bytes], **manifest: object) -> bytes:
    """The file with other lines of these tables, sealed and listed as anybody could."""
    whole = members(exported)
    said = json.loads(whole[MANIFEST]) | manifest
    for table in said["tables"]:
        if (data := changed.get(table["table"]["name"])) is not None:
            table["content"] = {"count": data.count(b"\n"), "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    lines_ = {f"tables/{name}.jsonl": data for name, data in changed.items()}
    return packed(whole | lines_ | {MANIFEST: json.dumps(said).encode()})


UNIQUE = {
    "programme": {"code"}, "factory": {"code"}, "training_session": {"code"}, "certificate": {"code", "number"}, "invitation": {"uid"},
}  # fmt: skip


def other_lines(exported: Path, name: str, /, **values: object) -> bytes:
    """The lines of a table as another programme would have them, its first row with other values."""
    names = next([column.name for column in each.columns] for each in tables() if each.name == name)
    rows = [dict(zip(names, json.loads(each), strict=True)) for each in members(exported)[f"tables/{name}.jsonl"].splitlines()]
    for row in rows:
        row |= {each: f"N{row[each]}" for each in UNIQUE.get(name, ())}
    rows[0] |= values
    return b"".join(json.dumps(list(row.values())).encode() + b"\n" for row in rows)


PAGES = {
    "training_session": "/sessions/{}", "person": "/people/{}", "certificate": "/certificates/{}",
}  # fmt: skip
def one_line(table: str, **values: object) -> bytes:
    """One row that says nothing but this."""
    names = next([column.name for column in each.columns] for each in tables() if each.name == table)
    return json.dumps([values.get(each) for each in names]).encode() + b"\n"


FORGED = [
    ("recovery_code", b"[1,1,1,1]\n", "No programme brings rows of recovery_code"),
    ("role_grant", {"programme_id": None, "role": "trainer"}, "belongs to nothing of the programme"),
    ("employment", {"factory_id": 99}, "a row of factory that is not in the file"),
    ("employment", {"person_id": -1}, "a row of person that is not in the file"),
    ("person", {"id": 0}, "has no number"),
    ("record_entry", {"details": "[" * 3000}, "says what Seamwise never writes"),
    ("question", {"code": "another"}, "has other parts there"),
    ("course_version", {"fingerprint": "f" * 64}, "has another content here"),
    ("factory", {"code": "KH-STORY"}, "There is another factory KH-STORY here"),
]


@pytest.mark.parametrize("table, values, reason", FORGED)
def test_what_is_forged_or_says_otherwise_is_refused(
    joined: Joined, exported: Path, tmp_path: Path, table: str, values: Any, reason: str
) -> None:
    """Into the installation that has the course already."""
    data = values if isinstance(values, bytes) else other_lines(exported, table, **values)
    others = {name: other_lines(exported, name) for name in UNIQUE}
    (tmp_path / "f.zip").write_bytes(forged(exported, others | {table: data}, programme="NKH"))
    before = contents()
    with pytest.raises(NotValid, match=reason):
        importing.take_in(tmp_path / "f.zip")
    assert contents() == before


def test_another_state_is_refused(elsewhere: Flask, exported: Path, tmp_path: Path) -> None:
    (tmp_path / "f.zip").write_bytes(forged(exported, {}, revision="0001"))
    told = run(elsewhere, "import", tmp_path / "f.zip")
    assert (told.exit_code, "made at another state (0001)" in told.output) == (3, True)


@pytest.mark.every_run
def test_from_one_engine_to_the_other_and_back(exported: Path, elsewhere: Flask, databases: Databases, tmp_path: Path) -> None:
    if databases.engine == "sqlite":
        pytest.skip("the other engine asks")
    small = create_app(settings_for(Databases("sqlite", tmp_path, databases.worker).fresh(), tmp_path))
    importing.take_in(exported)
    here = contents()
    with small.app_context():
        importing.take_in(exported)
        there = contents()
        programmes.export("KH", tmp_path / "back.zip")
        db.session.remove()
        db.engine.dispose()
    assert {name for name in here if here[name] != there[name]} == {"audit_entry"}
    with transaction():
        for statement in RENAMED:
            db.session.execute(sa.text(statement))
    assert importing.take_in(tmp_path / "back.zip").came["person"] > 5
    assert figures(elsewhere) == figures(small)


def test_pages_of_what_came_answer(joined: Joined) -> None:
    """Numbers above all that were there lead to them."""
    admin = accounts.account(Role.ADMINISTRATOR, email="boss@here.example")
    db.session.commit()
    browse = Browse(joined.app).as_account(admin)
    highest = {name: max(rows_of(table, lines(table))) for table in tables() if (name := table.name) in PAGES}
    pages = ["/factories/KH-STORY", "/factories/KH-STORY/record", "/coverage/KH-STORY", "/programmes/KH/duplicates"]
    pages += [address.format(highest[name]) for name, address in PAGES.items()]
    assert {each: browse.get(each).status for each in pages} == dict.fromkeys(pages, 200)
    assert "Story" in browse.get("/factories/KH-STORY").text
