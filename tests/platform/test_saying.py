"""A database that does not go on is a sentence, whichever command asked."""

from pathlib import Path

import click
import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask

from app.platform.db.saying import LATER, saying


@click.group(help="Commands.")
def commands() -> None:
    """For this test."""


@commands.command()
def away() -> None:
    sa.create_engine("sqlite:////no/such/folder/site.db").connect()


@commands.command()
def empty() -> None:
    with sa.create_engine("sqlite://").connect() as connection:
        connection.execute(sa.text("SELECT * FROM factory"))


@commands.command()
def older() -> None:
    with sa.create_engine("sqlite://").connect() as connection:
        connection.execute(sa.text("CREATE TABLE factory (id INTEGER)"))
        connection.execute(sa.text("INSERT INTO factory (name) VALUES ('Lotus')"))


@commands.command()
def lacking() -> None:
    with sa.create_engine("sqlite://").connect() as connection:
        connection.execute(sa.text("SELECT distance(1)"))


@commands.command()
def damaged() -> None:
    Path("site.db").write_bytes(b"no database " * 100)
    with sa.create_engine("sqlite:///site.db").connect() as connection:
        connection.execute(sa.text("SELECT * FROM factory"))


@commands.command()
def wrong() -> None:
    raise sa.exc.ProgrammingError("SELECT 1", None, Exception("a mistake of the program"))


@pytest.mark.parametrize(("name", "reason"), [
    ("away", "unable to open database file."), ("empty", f"no such table: factory. {LATER}"), ("damaged", "file is not a database."),
    ("older", f"table factory has no column named name. {LATER}"), ("lacking", "no such function: distance."),
])  # fmt: skip
def test_it_says_why_and_no_more(name: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(saying(commands), [name])
    assert (done.exit_code, done.output) == (1, f"The database does not go on: {reason}\n")


def test_a_mistake_of_the_program_stays_one() -> None:
    assert isinstance(CliRunner().invoke(saying(commands), ["wrong"]).exception, sa.exc.ProgrammingError)


def test_every_group_of_the_site_does(shared_app: Flask) -> None:
    groups = [each for each in shared_app.cli.commands.values() if isinstance(each, click.Group)]
    assert {type(each).__module__ for each in groups} == {saying.__module__}
