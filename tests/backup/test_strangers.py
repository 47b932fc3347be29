"""What a file of somebody who means harm may say: it gains no right, no file and no row of here."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.backup import importing, numbers
from app.backup.importing.values import judge
from app.backup.rows import tables
from app.backup.rules import MANIFEST, Column, Kind, NotValid
from app.certificates.models import SigningKey
from app.certificates.signing import keys, operations, rows
from app.platform.clock import now
from app.platform.db import Base, db, transaction
from app.platform.files import files
from tests.backup.test_damage import members, packed
from tests.backup.test_drill import contents
from tests.backup.test_taking_in import UNIQUE, forged, one_line, other_lines, run

TABLES = {table.name: table for table in tables()}


def test_keys_that_come_prove_what_they_signed_and_sign_nothing(
    exported: Path, elsewhere: Flask, tmp_path: Path, theirs: dict[str, Any]
) -> None:
    """Where no keys are, where some wait in the folder under the same name, and where the file says since when."""
    folder = elsewhere.extensions["settings"].certificate_keys_dir
    keys.create(folder, "2026-01-01", "Here", "http://here.example/crl", datetime(2026, 1, 1, tzinfo=UTC))
    made = keys.create(tmp_path / "old", "old", "Elsewhere", "http://there.example/crl", datetime(2024, 1, 1, tzinfo=UTC))
    old = theirs | {"id": 2, "name": "old", "retired_at": "2024-05-01 00:00:00.000000"}
    old |= {"seal_chain": made.seal_chain, "credential_public": made.credential_public}
    data = one_line("signing_key", **theirs) + one_line("signing_key", **old)
    (tmp_path / "f.zip").write_bytes(forged(exported, {"signing_key": data}))
    importing.take_in(tmp_path / "f.zip")
    others = {name: other_lines(exported, name) for name in UNIQUE}
    (tmp_path / "second.zip").write_bytes(forged(exported, others | {"signing_key": data}, programme="NKH"))
    assert importing.take_in(tmp_path / "second.zip").met["signing_key"] == 2, "keys are known by what they are, whatever they are called here"
    assert (rows.signs_now(), rows.crl_now()) == (None, b"")
    assert {rows.chain(key)[-1] for key in rows.good_keys()} == set(rows.trust().roots)
    assert {key.name[:11]: (key.retired_at or datetime.max).year for key in rows.all_keys()} == {"2026-01-01-": now().year, "old": 2024}
    with transaction():
        assert operations.create(SYSTEM).name == "2026-01-01", "those that waited in the folder are taken up"
    now_ = rows.signs_now()
    assert now_ and now_.name == "2026-01-01"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SigningKey)) == 3


_USUAL: dict[Kind, Any] = {
    Kind.INTEGER: 1, Kind.BOOLEAN: 0, Kind.TEXT: "x", Kind.JSON: "[]", Kind.MOMENT: "2026-01-01 00:00:00.000000", Kind.DAY: "2026-01-01",
    Kind.WALL_TIME: "2026-01-01 00:00:00.000000", Kind.DECIMAL: "1", Kind.DOUBLE: "0" * 16, Kind.BYTES: "",
}  # fmt: skip
WRONG: list[tuple[str, dict[str, Any]]] = [
    ("role_grant", {"role": "administrator"}), ("role_grant", {"role": "owner"}), ("role_grant", {"ends_on": "never"}),
    ("account", {"email": "Noor@here.example"}), ("account", {"created_at": "2026-13-01 00:00:00.000000"}),
    ("account", {"name": 5}), ("certificate", {"file_key": "../../etc/passwd"}), ("certificate", {"file_key": "f" * 63 + "\n"}),
    ("person", {"id": True}), ("seat", {"id": 1.0}), ("frozen_report", {"figures": "[NaN]"}), ("frozen_report", {"figures": "[1"}),
    ("attempt", {"number": 2**31}), ("attempt", {"score": "00"}), ("attempt", {"passed": 2}), ("holiday", {"day": "2026-02-30"}),
    ("course_blob", {"key": hashlib.sha256(b"one").hexdigest(), "data": b"two".hex()}),
    ("signing_key", {"name": "2026", "seal_chain": "theirs", "credential_public": "theirs"}),
]  # fmt: skip


@pytest.mark.parametrize("table, values", WRONG)
def test_values_that_seamwise_never_writes(table: str, values: dict[str, Any]) -> None:
    refuse = judge(TABLES[table])
    row = [values.get(column.name, _usual(table, column)) for column in TABLES[table].columns]
    with pytest.raises(NotValid, match=rf"never writes \(({'|'.join(values)})\)|none that may come"):
        refuse(row)


def _usual(table: str, column: Column) -> Any:
    """Something that may stand there."""
    kept = Base.metadata.tables[table].columns[column.name]
    if kept.nullable:
        return None
    return kept.type.enums[0] if isinstance(kept.type, sa.Enum) else _USUAL[column.kind]


@pytest.mark.parametrize("table, name", [("signing_key", "seal_chain"), ("factory_group", "name"), ("person", "name")])
def test_nothing_where_something_must_stand(table: str, name: str) -> None:
    with pytest.raises(NotValid, match="never writes"):
        judge(TABLES[table], [name])([None])


def test_keys_are_keys(theirs: dict[str, Any], tmp_path: Path) -> None:
    """A name becomes that of a file, and a chain is asked for whenever anything is verified."""
    other = keys.create(tmp_path, "other", "Else", "http://x.example/crl", datetime(2026, 1, 1, tzinfo=UTC))
    first, root = theirs["seal_chain"], other.seal_chain.split("-----BEGIN")[-1]
    wrong = ({"name": "../../x"}, {"name": ""}, {"seal_chain": "-----BEGIN".join(first.split("-----BEGIN")[:2]) + "-----BEGIN" + root}, {"crl": "00"})
    refuse, columns = judge(TABLES["signing_key"]), TABLES["signing_key"].columns
    refuse([theirs.get(column.name) for column in columns])
    for values in wrong:
        with pytest.raises(NotValid):
            refuse([(theirs | values).get(column.name) for column in columns])


def here(_table: str, number: int) -> int:
    return -number


@pytest.mark.parametrize("place, document", [
    (("attempt", "question_ids"), [5.0]), (("attempt", "question_ids"), ["5"]), (("attempt", "question_ids"), [True]),
    (("attempt", "question_ids"), {"5": 1}), (("attempt", "question_ids"), "5"), (("roll_call", "warned"), {" 5": 1}),
    (("roll_call", "warned"), {"+5": 1}), (("record_entry", "details"), {"committee": 5.5}),
    (("record_entry", "details"), {"rows": [{"requirement": " 5"}]}), (("requirement_version", "rule"), {"courses": {"5": 1}}),
])  # fmt: skip
def test_what_would_be_read_as_the_number_of_a_row_of_here(place: tuple[str, str], document: Any) -> None:
    with pytest.raises((ValueError, AttributeError)):
        numbers.in_document(document, numbers.DOCUMENTS[place], here)


def test_words_and_figures_that_would_be_read_as_one() -> None:
    for odd in ("person:+5", "guest:3:1:account: 5", "completion:٥:1", "person:5_0"):
        with pytest.raises(ValueError):
            numbers.in_words(odd, lambda _table, number: str(-number))
    for value in (" 5", "+5", "5_0"):
        with pytest.raises(ValueError):
            numbers.in_figures([{"split": "factory", "value": value}], here)


def crafted(exported: Path) -> dict[str, tuple[str, bytes, str]]:
    """What is tried with a whole file, and why it is refused."""
    secret = files().put(b"of another programme")
    return {
        "an administrator": ("role_grant", other_lines(exported, "role_grant", role="administrator"), "reaches beyond"),
        "a role of another programme": ("role_grant", other_lines(exported, "role_grant", programme_id=999), "belongs to nothing"),
        "a stored file of here": ("certificate", other_lines(exported, "certificate", file_key=secret), "stored file of this"),
        "a key that is not theirs": ("certificate", other_lines(exported, "certificate", key_name="2020-01-01"), "never writes"),
        "an entry of here": ("record_entry", other_lines(exported, "record_entry", details='{"committee": "1"}'), "never writes"),
        "a course that is not that of its hash": ("course_version", other_lines(exported, "course_version", fingerprint="0" * 64), "not what its hash names"),
        "twice the same row": ("person", 2 * other_lines(exported, "person"), "do not fit"),
        "a number beyond all": ("person", other_lines(exported, "person", id=2**31 - 5), "no number"),
    }


@pytest.mark.parametrize("what", [
    "an administrator", "a role of another programme", "a stored file of here", "a key that is not theirs",
    "an entry of here", "a course that is not that of its hash", "twice the same row", "a number beyond all",
])  # fmt: skip
@pytest.mark.sampled(number=2)
def test_whole_files_that_mean_harm_change_nothing(elsewhere: Flask, exported: Path, tmp_path: Path, what: str) -> None:
    table, lines, reason = crafted(exported)[what]
    (tmp_path / "f.zip").write_bytes(forged(exported, {table: lines}))
    before = contents()
    with pytest.raises(NotValid, match=reason):
        importing.take_in(tmp_path / "f.zip")
    assert contents() == before


@pytest.mark.parametrize("change", ["kind", "order"])
def test_tables_are_what_they_are_here(elsewhere: Flask, exported: Path, tmp_path: Path, change: str) -> None:
    """Numbers in a document that is called a text would stay as they are."""
    whole = members(exported)
    said = json.loads(whole[MANIFEST])
    if change == "order":
        said["tables"].reverse()
    else:
        [attempt] = [each["table"] for each in said["tables"] if each["table"]["name"] == "attempt"]
        attempt["columns"] = [each | {"kind": each["kind"].replace("json", "text")} for each in attempt["columns"]]
    (tmp_path / "f.zip").write_bytes(packed(whole | {MANIFEST: json.dumps(said).encode()}))
    told = run(elsewhere, "import", tmp_path / "f.zip")
    assert (told.exit_code, "what is not so at this state" in told.output) == (3, True)


def test_a_lesson_that_comes_is_cleaned_once_more(exported: Path, elsewhere: Flask, tmp_path: Path) -> None:
    """Pages trust it, as it was cleaned when it was published."""
    units = json.loads(members(exported)["tables/unit.jsonl"].splitlines()[0])
    number = units[[column.name for column in TABLES["unit"].columns].index("id")]
    html = '<p>Read <a href="https://a.example">it</a></p><script>x</script><form action="/accounts"></form>'
    lesson = one_line("lesson_text", id=1, unit_id=number, locale="sw", html=html)
    (tmp_path / "f.zip").write_bytes(forged(exported, {"lesson_text": lesson}))
    importing.take_in(tmp_path / "f.zip")
    html = db.session.scalar(sa.text("SELECT html FROM lesson_text"))
    assert html == '<p>Read <a href="https://a.example" rel="noopener noreferrer">it</a></p>'
