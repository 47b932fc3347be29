"""`flask quizzes parse` and `convert`: what they print, write and return."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.quizzes.gift import parse

pytestmark = pytest.mark.any_engine

SAMPLES = sorted((Path(__file__).parents[1] / "gift").glob("*.gift"))
BANK = "// [id:one] [tag:a]\n::First::Is it? {=yes#Good. ~no}\n\n::Second::How many? {#=4:1}\n"
REFUSED = "Fine {T}\n\nA {=a ~}\n\nB {~a ~b}\n"
CLOZE = '<quiz>\n<question type="cloze"/>\n<question type="essay">\n<name><text>E</text></name>\n<questiontext><text>Q</text></questiontext>\n{}</question>\n</quiz>'


@pytest.fixture
def run(shared_app: Flask):
    def invoke(*args: object) -> Result:
        done = shared_app.test_cli_runner().invoke(args=["quizzes", *map(str, args)])
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done

    return invoke


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_each_sample_is_printed_exactly(run, file: Path, named: bool) -> None:
    done = run("parse", file, "--json", *(["--format", "gift"] if named else []))
    expected = json.loads(Path(f"{file}.expected.json").read_text(encoding="utf-8"))
    about = {name: expected.pop(name) for name in ("language", "note")}
    assert all(about.values())
    assert json.loads(done.stdout) == expected
    assert done.exit_code == 0
    done = run("parse", file)
    assert done.stdout == f"accepted: {expected['counts']['questions']} questions, 0 errors, 0 warnings\n"
    assert done.exit_code == 0


def test_a_refused_bank_lists_every_error_and_exits_2(run, tmp_path: Path) -> None:
    file = tmp_path / "bad.gift"
    file.write_text(REFUSED, encoding="utf-8")
    done = run("parse", file)
    assert done.exit_code == 2
    assert done.stdout.splitlines() == [
        f"{file}:3: an answer has no text",
        f"{file}:5: no answer gives full points",
        "refused: 0 questions, 2 errors, 0 warnings",
    ]
    done = run("parse", file, "--json")
    said = json.loads(done.stdout)
    assert done.exit_code == 2
    assert (said["outcome"], said["questions"]) == ("refused", [])
    assert said["errors"] == [{"line": 3, "code": "empty_answer"}, {"line": 5, "code": "no_right_answer"}]
    assert said["messages"][0] == "bad.gift:3: an answer has no text"


@pytest.mark.parametrize("args", [("parse", "nothing.gift"), ("convert", "nothing.gift", "x.xml"), ("parse", "."), ("parse", "/dev/null")])
def test_a_file_that_cannot_be_read_exits_2_and_says_why(run, args: tuple[str, ...], tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*args)
    assert done.exit_code == 2
    assert done.output.startswith(args[1])


@pytest.mark.parametrize(
    ("name", "to", "kind"),
    [
        ("b.xml", "moodle-xml", "moodle-xml"),
        ("b.zip", "qti3", "qti3"),
        ("b.zip", "qti21", "qti21"),
        ("folder", "qti3", "qti3"),
        ("folder", "qti21", "qti21"),
        ("items.xml", "qti3", "qti3"),
        ("b.dat", "gift", None),
        ("b.gift", "gift", "gift"),
    ],
)
def test_a_bank_is_written_recognised_and_comes_back(run, tmp_path: Path, name: str, to: str, kind: str | None) -> None:
    source, there, back = tmp_path / "a.gift", tmp_path / name, tmp_path / "back.gift"
    source.write_text(BANK, encoding="utf-8")
    done = run("convert", source, there, "--from", "gift", "--to", to)
    assert (done.exit_code, done.stdout) == (0, "2 of 2 questions\n")
    said = json.loads(run("parse", there, "--json", *([] if kind else ["--format", to])).stdout)
    assert (said["outcome"], said["kind"], said["file"]) == ("accepted", kind or to, name)
    done = run("convert", there, back, "--from", to, "--to", "gift")
    assert (done.exit_code, done.stderr) == (0, "")
    assert parse(back.read_bytes()).questions == parse(BANK).questions
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


def test_a_package_has_a_manifest_and_a_file_for_each_item(run, tmp_path: Path) -> None:
    (tmp_path / "a.gift").write_text(BANK, encoding="utf-8")
    names = ["imsmanifest.xml", "items/q0001.xml", "items/q0002.xml"]
    run("convert", tmp_path / "a.gift", tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert sorted(archive.namelist()) == names
        assert b'identifier="one"' in archive.read(names[1])
    done = run("convert", tmp_path / "a.gift", tmp_path / "folder", "--to", "qti3")
    assert f"{tmp_path / 'folder'}: a folder with imsmanifest.xml and 2 items" in done.stderr
    assert sorted(str(each.relative_to(tmp_path / "folder")) for each in (tmp_path / "folder").rglob("*.xml")) == names
    assert run("convert", tmp_path / "a.gift", tmp_path / "folder", "--to", "qti3").exit_code == 2
    done = run("convert", tmp_path / "a.gift", tmp_path / "b.xml", "--to", "qti3")
    assert "a ZIP package of 2 items" in done.stderr
    assert zipfile.is_zipfile(tmp_path / "b.xml")


def test_one_question_is_one_item_and_loose_items_are_read_from_a_folder(run, tmp_path: Path) -> None:
    folder = tmp_path / "items"
    folder.mkdir()
    for name, text in {"a": "One {T}", "b": "Two {F}"}.items():
        (tmp_path / f"{name}.gift").write_text(text, encoding="utf-8")
        done = run("convert", tmp_path / f"{name}.gift", folder / f"{name}.xml", "--to", "qti3")
        assert (done.exit_code, (folder / f"{name}.xml").read_bytes()[:5]) == (0, b"<?xml")
    said = json.loads(run("parse", folder, "--json").stdout)
    assert ([each["text"] for each in said["questions"]], said["kind"]) == (["One", "Two"], "qti3")
    assert json.loads(run("parse", folder / "b.xml", "--json").stdout)["questions"][0]["correct"] is False


def test_what_is_lost_is_named_and_the_exit_code_says_so(run, tmp_path: Path) -> None:
    source, target = tmp_path / "a.gift", tmp_path / "b.txt"
    source.write_text(BANK, encoding="utf-8")
    lines = [
        f"{source}:2: question 1: not carried over: title, id, tags, feedback",
        f"{source}:4: question 2: left out: this format has nothing for a typed number",
    ]
    done = run("convert", source, target, "--to", "aiken", "--whole")
    assert (done.exit_code, done.stderr.splitlines()) == (1, [*lines, f"{target}: not written"])
    assert not target.exists()
    done = run("convert", source, target, "--to", "aiken")
    assert (done.exit_code, done.stderr.splitlines(), done.stdout) == (1, lines, "1 of 2 questions\n")
    assert target.read_text(encoding="utf-8") == "Is it?\nA. yes\nB. no\nANSWER: A\n"
    assert json.loads(run("parse", target, "--json").stdout)["kind"] == "aiken"


def test_nothing_is_written_when_nothing_can_be(run, tmp_path: Path) -> None:
    source, target = tmp_path / "a.gift", tmp_path / "b.aiken"
    source.write_text("How many? {#4}\n", encoding="utf-8")
    target.write_text("old", encoding="utf-8")
    done = run("convert", source, target)
    assert (done.exit_code, target.read_text(encoding="utf-8")) == (2, "old")
    assert "aiken can hold none of these questions" in done.stderr
    source.write_text(REFUSED, encoding="utf-8")
    done = run("convert", source, target)
    assert (done.exit_code, target.read_text(encoding="utf-8")) == (2, "old")
    assert f"{source}:3: an answer has no text" in done.stderr
    source.write_text(BANK, encoding="utf-8")
    assert run("convert", source, tmp_path / "no folder" / "b.xml").exit_code == 2
    assert run("convert", source, tmp_path / "b.odd").exit_code == 2


def test_what_a_file_holds_more_is_a_loss_too(run, tmp_path: Path) -> None:
    source, target = tmp_path / "a.xml", tmp_path / "b.gift"
    source.write_text(CLOZE.format("<attachments>2</attachments>\n"), encoding="utf-8")
    done = run("parse", source)
    assert done.exit_code == 2
    assert f"{source}:2: questions of this kind cannot be taken over: cloze" in done.stdout
    assert f"{source}:6: not taken over: attachments 2" in done.stdout
    source.write_text(source.read_text(encoding="utf-8").replace('<question type="cloze"/>', ""), encoding="utf-8")
    done = run("convert", source, target)
    assert (done.exit_code, done.stderr) == (1, f"{source}:6: not taken over: attachments 2\n")
    assert parse(target.read_bytes()).questions[0].text == "Q"
