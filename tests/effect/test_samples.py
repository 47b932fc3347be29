"""`flask effect analyse` as a shell sees it: the samples and their expectations."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from tests.factories.headcounts.test_samples import FOLDER as HEADCOUNTS

FOLDER = HEADCOUNTS.parent / "productivity"
NAMES = sorted(file.name.removesuffix(".csv.expected.json") for file in FOLDER.glob("*.csv.expected.json"))


def run(app: Flask, *arguments: str | Path) -> Result:
    return app.test_cli_runner().invoke(args=["effect", "analyse", *map(str, arguments), "--json"])


def analysed(app: Flask, *arguments: str | Path) -> dict[str, Any]:
    done = run(app, *arguments)
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("name", NAMES)
def test_samples(app: Flask, name: str) -> None:
    wanted = json.loads((FOLDER / f"{name}.csv.expected.json").read_text("utf-8"))
    expect, true = wanted["expect"], wanted["simulation"]["true_effect_pct"]
    told = analysed(app, FOLDER / f"{name}.csv", "--training", FOLDER / wanted["training"])
    low, high = told["ci95_pct"]
    least, most = expect["estimate_pct_between"]
    assert least <= told["estimate_pct"] <= most
    assert low <= true <= high
    assert told["warnings"] == expect["warnings"]
    assert told["claims_effect"] is not expect.get("must_not_claim_effect", False)
    assert expect.get("wording", "against lines not yet trained").casefold() in told["sentence"].casefold()
    assert told["counts"] == wanted["counts"]
    assert told["problems"] == wanted["problems"]


def test_people_read_a_sentence_reasons_and_the_course_of_time(app: Flask) -> None:
    files = [str(FOLDER / "no-effect.csv"), "--training", str(FOLDER / "no-effect.training.csv")]
    done = app.test_cli_runner().invoke(args=["effect", "analyse", *files])
    assert done.exit_code == 0
    assert "do not show an effect" in done.stdout
    assert "interval includes zero" in done.stdout and "before and after misleads" in done.stdout


def test_columns_are_chosen_and_other_headings_named(app: Flask, tmp_path: Path) -> None:
    weeks, training = tmp_path / "weeks.csv", tmp_path / "training.csv"
    weeks.write_text((FOLDER / "plus22.csv").read_text("utf-8").replace("pieces", "zzz", 1), "utf-8")
    training.write_text((FOLDER / "plus22.training.csv").read_text("utf-8").replace("trained_on", "yyy", 1), "utf-8")
    files = weeks, "--training", training
    told = json.loads(run(app, *files).stdout)
    assert (told["reason"], told["missing"], told["ignored_columns"]) == ("columns_not_found", ["pieces"], ["zzz"])
    choices, of_training, wrong = (tmp_path / f"{name}.json" for name in ("weeks", "training", "wrong"))
    choices.write_text('{"columns": {"pieces": "g"}}')
    of_training.write_text('{"columns": {"trained_on": "E"}}')
    wrong.write_text('{"columns": {"peices": "G"}}')
    assert json.loads(run(app, *files, "--choices", choices).stdout)["file"] == "training"
    told = analysed(app, *files, "--choices", choices, "--training-choices", of_training)
    assert told["claims_effect"] and told["columns"]["pieces"] == "G" and not told["ignored_columns"]
    assert (told["training"]["columns"]["trained_on"], told["training"]["ignored_columns"]) == ("E", ["supervisor"])
    refused = run(app, *files, "--choices", wrong)
    assert refused.exit_code == 2 and "not known: peices; columns may name factory, line" in refused.stderr


@pytest.mark.parametrize(("arguments", "code", "name"), [
    (["missing.csv", "--training", FOLDER / "plus22.training.csv"], "file_missing", "file"),
    ([FOLDER / "plus22.csv", "--training", "missing.csv"], "file_missing", "training"),
    ([FOLDER / "plus22.csv"], "argument_missing", "training"), ([], "argument_missing", "file"),
    ([FOLDER / "plus22.csv", "--training", FOLDER / "plus22.training.csv", "--choices", FOLDER / "plus22.csv"],
     "argument_invalid", "choices"),
    ([FOLDER / "plus22.csv", "--trainings", "x"], "argument_invalid", ""),
])
def test_what_is_wrong_with_arguments_is_one_object_too(
    app: Flask, arguments: list[str | Path], code: str, name: str,
) -> None:
    done = run(app, *arguments)
    told = json.loads(done.stdout)
    assert (done.exit_code, told["reason"], [each["field"] for each in told["problems"]]) == (2, code, [name])
    assert told["says"] and "Usage:" in done.stderr


def test_courses_that_cannot_be_told_apart_are_one_object(app: Flask, tmp_path: Path) -> None:
    training = tmp_path / "training.csv"
    training.write_text("line,course,trained_on\nL03,A,2025-11-14\nL05,B,2025-11-14\n", "utf-8")
    done = run(app, FOLDER / "plus22.csv", "--training", training)
    told = json.loads(done.stdout)
    assert (done.exit_code, told["reason"], told["courses"]) == (2, "several_courses", ["A", "B"])
    assert [each["code"] for each in told["problems"]] == ["several_courses"] and "--course" in done.stderr


@pytest.mark.parametrize(("content", "reason"), [
    (b"", "file_empty"), (b"line,week\nL1,2025-W01\n", "columns_not_found"), (b"PK\x03\x04 nothing", "file_damaged"),
    (b"line,week,operators,minutes_worked,sam,pieces\n", "no_rows"),
])
def test_unreadable_files(app: Flask, tmp_path: Path, content: bytes, reason: str) -> None:
    file, training = tmp_path / "weeks.csv", FOLDER / "plus22.training.csv"
    file.write_bytes(content)
    done = run(app, file, "--training", training)
    assert (done.exit_code, json.loads(done.stdout)["reason"]) == (2, reason)
    turned = run(app, FOLDER / "plus22.csv", "--training", file)
    assert turned.exit_code == 2, "so is the file of trainings"
