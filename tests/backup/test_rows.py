"""A row is the same line on both engines, and comes back as the same row."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from app.backup.rows import dumping, kinds, loading
from app.backup.rows.documents import canonical
from app.backup.rules import Column, Kind, NotValid, Table
from app.platform.db.engine import engine_options, prepare
from app.platform.db.types import Json, UtcDateTime
from tests.conftest import Databases

METADATA = sa.MetaData()
THING = sa.Table(
    "thing", METADATA,
    sa.Column("id", sa.Integer, primary_key=True), sa.Column("big", sa.BigInteger), sa.Column("yes", sa.Boolean),
    sa.Column("text", sa.String), sa.Column("document", Json), sa.Column("at", UtcDateTime), sa.Column("wall", sa.DateTime),
    sa.Column("day", sa.Date), sa.Column("share", sa.Numeric(12, 6)), sa.Column("double", sa.Double),
    sa.Column("data", sa.LargeBinary),
)  # fmt: skip
TABLE = Table("thing", tuple(map(kinds._column, THING.columns)))
TEXT = st.text(max_size=12, alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
NUMBERS = st.floats(-1e15, 1e15)  # beyond that PostgreSQL gives back a whole number where there was none
DOCUMENT = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=8,
)
ROW = st.fixed_dictionaries({
    "big": st.none() | st.integers(-(2**63), 2**63 - 1), "yes": st.none() | st.booleans(), "text": st.none() | TEXT,
    "document": st.lists(DOCUMENT, max_size=4) | st.none() | st.integers(-9, 9) | st.just(0.5) | TEXT, "at": st.none() | st.datetimes(timezones=st.just(UTC)), "wall": st.none() | st.datetimes(),
    "day": st.none() | st.dates(), "share": st.none() | st.decimals(-99999, 99999, places=6), "double": st.none() | NUMBERS,
    "data": st.none() | st.binary(),
})  # fmt: skip


@pytest.fixture(scope="module")
def connection(databases: Databases) -> Iterator[sa.Connection]:
    url = sa.make_url(databases.fresh())
    engine = sa.create_engine(url, **engine_options(url))
    prepare(engine)
    with engine.connect().execution_options(writes=True) as connection:
        METADATA.create_all(connection)
        connection.commit()
        yield connection
    engine.dispose()


def written(connection: sa.Connection, row: dict[str, Any]) -> tuple[bytes, Any]:
    """The line of a row that was stored by the types of the product, and the row as they read it back."""
    connection.execute(sa.delete(THING))
    connection.execute(sa.insert(THING).values(id=1, **row))
    return b"".join(dumping.blocks(connection, TABLE)), connection.execute(sa.select(THING)).one()


@settings(max_examples=25, deadline=None)
@given(ROW)
def test_every_row_comes_back(connection: sa.Connection, row: dict[str, Any]) -> None:
    line, before = written(connection, row)
    connection.execute(sa.delete(THING))
    loading.fill(connection, TABLE, [line], 2)
    assert connection.execute(sa.select(THING)).one() == before
    assert b"".join(dumping.blocks(connection, TABLE)) == line
    connection.rollback()


ODD = {
    "big": 2**63 - 1, "yes": True, "text": "".join(map(chr, range(1, 0x2100))) + "\U0001f9f5 សុខ",
    "document": {"bb": 1.0, "a": [1e-7, 1e20, -0.0, 0.1, None, True], "é": {"\t": '"\\/\x7f\u2028'}, "": 12345678901234567890},
    "at": datetime(2026, 2, 28, 23, 59, 59, 7, UTC), "wall": datetime(2026, 10, 25, 2, 30), "day": date(1, 1, 1),
    "share": Decimal("0.333333"), "double": 0.1 + 0.2, "data": bytes(range(256)),
}  # fmt: skip


def test_odd_values_are_this_line_on_either_engine(connection: sa.Connection) -> None:
    line, _ = written(connection, ODD)
    connection.rollback()
    _, big, yes, text, document, at, wall, day, share, double, data = json.loads(line)
    assert (big, yes, text, at, wall, day) == (
        2**63 - 1, 1, ODD["text"], "2026-02-28 23:59:59.000007", "2026-10-25 02:30:00.000000", "0001-01-01",
    )  # fmt: skip
    assert (share, double, data) == ("0.333333", "3fd3333333333334", bytes(range(256)).hex())
    assert document == (
        '{"": 12345678901234567890, "a": [0.0000001, 100000000000000000000, 0.0, 0.1, null, true], '
        '"bb": 1.0, "é": {"\\t": "\\"\\\\/\x7f\u2028"}}'
    )
    assert line == (json.dumps(json.loads(line), ensure_ascii=False, separators=(",", ":")) + "\n").encode()


DOCUMENTS = ['[]', '{}', '["a b"]', '["a", "b"]', '["a","b"]', '["\\u00e9\\n"]', '["é"]', '["a]["]', '[1.0e2]', ' ["a"]', '"a"', '7']


def test_many_lines_at_once_are_all_of_them_in_their_order(connection: sa.Connection) -> None:
    """Ids with gaps, short and long lines, and documents that are written as others write them."""
    connection.execute(sa.delete(THING))
    rows = [{"id": number * 3 - 500, "text": "x" * (20_000 if number % 97 == 0 else number)} for number in range(1200)]
    connection.execute(sa.insert(THING), rows)
    update = sa.text("UPDATE thing SET document = :document WHERE id = :id")
    as_json = sa.text("UPDATE thing SET document = CAST(:document AS jsonb) WHERE id = :id")
    statement = as_json if connection.dialect.name == "postgresql" else update
    connection.execute(statement, [{"id": place * 3 - 500, "document": text} for place, text in enumerate(DOCUMENTS)])
    lines = [json.loads(line) for line in b"".join(dumping.blocks(connection, TABLE)).splitlines()]
    assert [(line[0], line[3]) for line in lines] == [(row["id"], row["text"]) for row in rows]
    assert [line[4] for line in lines[: len(DOCUMENTS)]] == [canonical(text) for text in DOCUMENTS]
    connection.rollback()


def test_lines_that_are_too_long_together_come_one_by_one(connection: sa.Connection) -> None:
    if connection.dialect.name != "sqlite":
        pytest.skip("PostgreSQL gives one line after the other")
    connection.execute(sa.delete(THING))
    connection.execute(sa.insert(THING), [{"id": number, "text": "x"} for number in range(1, 40)])
    driver: Any = connection.connection.driver_connection
    too_long = connection.dialect.dbapi.DataError  # type: ignore[union-attr]
    with pytest.raises(too_long):
        driver.execute("SELECT zeroblob(2000000000)").fetchone()

    def execute(statement: str, bounds: tuple[int, int]) -> Any:
        if bounds[1] > 1 and bounds[0] + bounds[1] >= 10:
            raise too_long("string or blob too big")
        return driver.execute(statement, bounds)

    narrow = SimpleNamespace(create_function=driver.create_function, execute=execute)
    seen: Any = SimpleNamespace(dialect=connection.dialect, connection=SimpleNamespace(driver_connection=narrow))
    lines = b"".join(dumping.blocks(seen, TABLE)).splitlines()
    assert [json.loads(line)[0] for line in lines] == list(range(1, 40))
    connection.rollback()


@settings(max_examples=100, deadline=None)
@given(DOCUMENT)
def test_a_document_keeps_its_meaning(document: Any) -> None:
    text = canonical(json.dumps(document))
    assert text is not None
    assert json.loads(text, parse_int=float) == json.loads(json.dumps(document), parse_int=float)
    assert canonical(text) == text


@pytest.mark.parametrize("line", [b"{}", b"[1]", b"not json", b"[" * 100_000, b'[1,2,3,4,5,6,7,8,9,"xyz","zz"]'])
def test_a_line_of_another_shape_is_refused(connection: sa.Connection, line: bytes) -> None:
    with pytest.raises(NotValid):
        loading.fill(connection, TABLE, [line], 2)
    connection.rollback()


def test_every_column_of_the_product_has_a_kind() -> None:
    assert {column.kind for table in kinds.tables() for column in table.columns} == set(Kind)
    assert all(Column("id", Kind.INTEGER) in table.columns for table in kinds.tables())
