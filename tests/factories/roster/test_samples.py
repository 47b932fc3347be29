"""Every sample roster gives what is expected of it: with a person's choices, and with the importer's own."""

from typing import Any

import pytest

from app.factories.roster import as_json, check, compare, exit_code
from tests.factories.roster.sample_files import (
    CHOSEN,
    EXPECTED,
    chosen,
    content,
    expected,
    needs_samples,
    role_map,
    without_alternatives,
)
from tests.growth import assert_small

pytestmark = needs_samples
ALWAYS = ("outcome", "reason", "missing")
READ = (*ALWAYS, "counts", "ignored_columns", "rows", "skipped")
PROPOSED = ("sheet", "header_row", "columns", "calendar", "line_from", "encoding", "delimiter")
COUNTRY_AND_DAY = ("country", "import_date")


def _agree(shown: dict[str, Any], wanted: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        assert shown.get(name) == wanted.get(name), name
    assert shown["problems"] == without_alternatives(wanted["problems"])


def _names(wanted: dict[str, Any]) -> tuple[str, ...]:
    return READ if wanted["outcome"] == "accepted" else (*ALWAYS, "rows")


@pytest.mark.sampled(number=4)
@pytest.mark.parametrize("name", EXPECTED)
def test_with_the_choices_of_a_person(name: str) -> None:
    wanted = expected(name)
    roster = check(content(wanted["file"]), wanted["file"], chosen(wanted, *CHOSEN), role_map())
    _agree(as_json(roster), wanted, _names(wanted))


@pytest.mark.parametrize("name", EXPECTED)
def test_with_the_importers_own_proposals(name: str) -> None:
    wanted = expected(name)
    roster = check(content(wanted["file"]), wanted["file"], chosen(wanted, *COUNTRY_AND_DAY), role_map())
    proposed = PROPOSED if wanted["outcome"] == "accepted" else ()
    _agree(as_json(roster), wanted, (*_names(wanted), *proposed))


@pytest.mark.sampled(number=4)
@pytest.mark.parametrize("name", EXPECTED)
def test_with_the_words_that_ship(name: str) -> None:
    """The shipped designations give the same roles as the confirmed map of the samples."""
    wanted = expected(name)
    roster = check(content(wanted["file"]), wanted["file"], chosen(wanted, *COUNTRY_AND_DAY))
    _agree(as_json(roster), wanted, _names(wanted))


@pytest.mark.sampled(number=4)
@pytest.mark.parametrize("name", [name for name in EXPECTED if expected(name)["outcome"] == "accepted"])
def test_country_is_guessed(name: str) -> None:
    wanted = expected(name)
    assert check(content(wanted["file"]), wanted["file"], {}).choices.country == wanted["country"]


@pytest.mark.sampled(number=4)
@pytest.mark.parametrize("name", [name for name in EXPECTED if "compared_with" in expected(name)])
def test_changes_since_the_older_list(name: str) -> None:
    wanted = expected(name)
    newer = check(content(wanted["file"]), wanted["file"], chosen(wanted, *CHOSEN), role_map())
    older = check(content(wanted["compared_with"]), wanted["compared_with"], {}, role_map())
    shown = as_json(newer, compare(older, newer))
    assert shown["compared_with"] == wanted["compared_with"]
    assert shown["changes"] == wanted["changes"]


@pytest.mark.sampled(number=4)
@pytest.mark.parametrize("name", [name for name in EXPECTED if expected(name)["outcome"] == "accepted"])
def test_a_file_against_itself_changes_nothing(name: str) -> None:
    wanted = expected(name)
    roster = check(content(wanted["file"]), wanted["file"], chosen(wanted, *CHOSEN), role_map())
    changes = as_json(roster, compare(roster, roster))["changes"]
    assert changes["unchanged"] == len(roster.rows)
    assert not any(changes["counts"].values())


@pytest.mark.sampled(number=4)
@pytest.mark.parametrize("name", [name for name in EXPECTED if expected(name)["outcome"] == "accepted"])
def test_choices_in_json_give_the_same_again(name: str) -> None:
    """What is printed can be given back as choices; a row has the fields of the samples and no others."""
    wanted = expected(name)
    shown = as_json(check(content(wanted["file"]), wanted["file"], chosen(wanted, *CHOSEN), role_map()))
    again = as_json(check(content(wanted["file"]), wanted["file"], shown, role_map()))
    assert again == shown
    assert set(shown["rows"][0]) == set(wanted["rows"][0])


@pytest.mark.sampled(number=4)
@pytest.mark.parametrize("name", EXPECTED)
def test_exit_code_and_time_of_refusal(name: str) -> None:
    wanted = expected(name)
    look = lambda: check(content(wanted["file"]), wanted["file"], {})  # noqa: E731
    if wanted["outcome"] == "refused":
        assert exit_code(assert_small(look, 200)) == 2
    else:
        assert exit_code(look()) == (3 if wanted["problems"] else 0)
