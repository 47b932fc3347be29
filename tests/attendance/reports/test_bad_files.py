"""Files that are no reports, broken, hostile or far too large: a clear reason, quickly, and never a traceback."""

import io
import json
import random
import zipfile
from pathlib import Path

import pytest
from flask import Flask

from app.boot import create_app
from app.platform.tables import write_xlsx
from tests.attendance.reports.reading import minutes, read
from tests.attendance.reports.sample_files import FOLDER, needs_samples
from tests.attendance.reports.test_teams import EVENTS, SECTIONS
from tests.attendance.reports.test_zoom import JOINS, TOTALS
from tests.conftest import settings_for
from tests.counts import IS_LONG
from tests.growth import assert_linear

HEAD = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"


def packed(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>" * (size // 4))
    return out.getvalue()


@pytest.mark.parametrize(("data", "reason"), [
    (b"", "file_empty"), (b"\xff\xfe", "file_empty"), (b"\n\n \r\n", "file_empty"), ("\ufeff".encode(), "file_empty"),
    (b"%PDF-1.7", "not_a_spreadsheet"), (b"<html><table></table></html>", "not_a_spreadsheet"), (random.Random(1).randbytes(5000), "not_a_spreadsheet"),
    (b"PK\x03\x04 cut off", "file_damaged"), (packed(30_000_000), "file_too_large"), (b"a,b\n" * 3_000_000, "file_too_large"),
    (write_xlsx(["Employee No", "Name"], [["1", "Rina"]]), "not_a_report"), (b"Employee No,Name\n1,Rina\n", "not_a_report"),
    (b"hello", "not_a_report"), (HEAD.encode(), "no_rows"), (b"1. Summary\n\n2. Participants\n\n3. In-Meeting Activities\n", "no_rows"),
    ((HEAD + "Keo Dara,,05/14/2026 09:00:00 AM,05/14/2026 09:10:00 AM,10,Yes\n" * 30_000).encode(), "file_too_large"),
    ((HEAD + "".join(f"Guest {each},,05/14/2026 09:00:00 AM,05/14/2026 09:10:00 AM,10,Yes\n" for each in range(1_001))).encode(), "file_too_large"),
    ((SECTIONS * 300).encode(), "file_too_large"),
])  # fmt: skip
def test_refused(data: bytes, reason: str) -> None:
    found = read(data)
    assert (found["outcome"], found["reason"]) == ("refused", reason)


def test_one_bad_file_of_several_refuses_all() -> None:
    found = read(SECTIONS, b"")
    assert (found["outcome"], found["reason"], found["file"]) == ("refused", "file_empty", "1.csv")


def test_several_files_together_say_no_more_than_one_may() -> None:
    rows = "Keo Dara,,05/14/2026 09:00:00 AM,05/14/2026 09:10:00 AM,10,Yes\n" * 5_000
    one, other = HEAD + rows, HEAD + rows.replace("Dara", "Dara B")
    assert read(one, other)["outcome"] == "accepted"
    more = read(one, other, HEAD + "Sok Sophea,,05/14/2026 09:00:00 AM,05/14/2026 09:10:00 AM,10,Yes\n")
    assert (more["outcome"], more["reason"], more["file"]) == ("refused", "file_too_large", "2.csv")


def test_rows_that_cannot_be_read_are_told() -> None:
    rows = (
        "Keo Dara,,05/14/2026 09:00:00 AM,05/14/2026 09:10:00 AM,10,Yes", "A,,99/99/2026 09:00:00 AM,05/14/2026 09:10:00 AM,10,Yes",
        "B,,05/14/2026 09:30:00 AM,05/14/2026 09:10:00 AM,10,Yes", "C,,,05/14/2026 09:10:00 AM,10,Yes", "D,,05/14/2026 09:05:00 AM,,10,Yes", ",,,,,",
    )  # fmt: skip
    found = read(HEAD + "\n".join(rows), date_order="mdy")
    assert [(each["row"], each["code"], each["severity"]) for each in found["problems"]] == [(3, "date_invalid", "error"), (4, "times_reversed", "error"), (5, "date_invalid", "error")]
    assert minutes(found)["Keo Dara"] == 10 and minutes(found)["D"] > 0, "who has no end stayed until the end"


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "<script>alert(1)</script>", "a\x00b", "\u202egnp.exe", "{{7*7}}", "%(x)s", "x" * 5_000, "😀" * 200, "a\tb"])
def test_foreign_text_is_text(name: str) -> None:
    row = json.dumps(name)[1:-1].replace("\\", "")
    found = read(HEAD + f'"{row}",,05/14/2026 09:00:00 AM,05/14/2026 09:10:00 AM,10,Yes\n')
    assert found["outcome"] == "accepted" and len(found["participants"][0]["display_name"]) <= 200
    json.dumps(found)


@pytest.mark.parametrize("text", [SECTIONS, EVENTS.format("14/05/2026"), JOINS, TOTALS.format(20)], ids=["sections", "events", "joins", "totals"])
def test_any_damage_is_read_or_refused(text: str) -> None:
    pick, data = random.Random(4), text.encode()
    for _ in range(150 if IS_LONG else 40):
        broken = bytearray(data)
        for _ in range(pick.randint(1, 12)):
            at = pick.randrange(len(broken))
            broken[at : at + pick.randint(0, 9)] = pick.randbytes(pick.randint(0, 6)) if pick.random() < 0.5 else pick.choice([b'"', b",", b"\n", b"\t", b"99", b";", b"\x00", b":", b"AM"])
        found = read(bytes(broken))
        json.dumps(found)
        assert found["outcome"] in {"accepted", "refused"}
        most = found["meeting"]["minutes"] if found["outcome"] == "accepted" and found["meeting"]["parts"] else 10**9
        assert all(each["minutes"] <= most for each in found.get("participants", ()))


@needs_samples
def test_every_cut_of_every_sample_is_read_or_refused() -> None:
    for path in sorted(FOLDER.glob("*[!r].csv")):
        data = path.read_bytes()
        for end in range(0, len(data), max(1, len(data) // 40)):
            json.dumps(read(data[:end]))


@pytest.mark.parametrize(("before", "part", "after", "size"), [
    ("", '"', "", 25_000), ("," * 150 + "\n", '"a', "", 6_000), ("", "1. ", "", 6_000), ("", "9:00 AM ", "", 2_500), ("", "A", "", 100_000), ("", "(", "", 12_000),
    ("", "1:", "", 12_000), ("", '"\n', "", 1_000), (HEAD, "(", ",,,,,\n", 24), (HEAD, "1 " * 90 + ",,05/14/2026 09:00:00 AM,05/14/2026 09:10:00 AM,10,Yes\n", "", 60),
    (HEAD, "a@" * 90 + ",,05/14/2026 09:00:00 AM,05/14/2026 09:10:00 AM,10,Yes\n", "", 60),
], ids=range(11))  # fmt: skip
def test_long_lines_take_no_time(before: str, part: str, after: str, size: int) -> None:
    assert_linear(lambda times: before + part * times + after, read, size)


@pytest.fixture
def no_database(tmp_path: Path) -> Flask:
    return create_app(settings_for("postgresql+psycopg://nobody@localhost:1/nothing", tmp_path))


def test_the_command_says_why(no_database: Flask, tmp_path: Path) -> None:
    report, roster = tmp_path / "report.csv", tmp_path / "roster.csv"
    roster.write_text("employee_number,name,local_name,email,phone\n0001,Keo Dara,,,\n")
    run = no_database.test_cli_runner().invoke
    typed = ["attendance", "check-report", str(report), "--roster", str(roster), "--zone", "Asia/Dhaka", "--date", "2026-05-14"]
    report.write_bytes(b"")
    done = run(args=[*typed, "--json"])
    assert (done.exit_code, json.loads(done.stdout)["reason"]) == (2, "file_empty")
    assert "The file is empty." in run(args=typed).stdout
    report.write_text(SECTIONS)
    done = run(args=typed)
    assert done.exit_code == 0 and "exact 1" in done.stdout and "0001" in done.stdout
    roster.write_bytes(b"")
    done = run(args=[*typed, "--json"])
    assert (done.exit_code, json.loads(done.stdout)["file"]) == (2, "roster.csv")
    for wrong in (["--zone", "Mars/Phobos"], ["--date", "yesterday"], ["--date-order", "xyz"], ["--planned", "now"], ["--planned", "10:00/09:00"]):
        assert run(args=[*typed, *wrong]).exit_code == 2
    assert run(args=["attendance", "check-report", str(tmp_path / "none.csv"), *typed[3:]]).exit_code == 2


def test_a_staff_list_of_any_kind_can_be_the_roster(no_database: Flask, tmp_path: Path) -> None:
    report, roster = tmp_path / "report.csv", tmp_path / "roster.xlsx"
    report.write_text(SECTIONS)
    roster.write_bytes(write_xlsx(["Employee No", "Name (English)", "Sex"], [["0001", "Keo Dara", "M"]]))
    typed = ["attendance", "check-report", str(report), "--roster", str(roster), "--zone", "Asia/Dhaka", "--date", "2026-05-14", "--json"]
    done = no_database.test_cli_runner().invoke(args=typed)
    assert json.loads(done.stdout)["people"][0]["employee_number"] == "0001"


def test_nothing_is_matched_without_people() -> None:
    assert read(SECTIONS, people=())["counts"] == {"exact": 0, "probable": 0, "ambiguous": 0, "unknown": 2, "room": 0}
