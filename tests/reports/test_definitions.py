"""What an indicator means is never changed quietly."""

import hashlib
from functools import partial
from pathlib import Path

from app.reports.definitions import DEFINITIONS, Definition, means
from app.reports.rules.figures import Indicator

KEPT = Path(__file__).parent / "definitions.txt"


def fingerprint(of: Definition) -> str:
    """Of the words, the kind of fact, and what of it is counted."""
    rule = of.counts
    how = (rule.func.__name__, rule.keywords) if isinstance(rule, partial) else (rule.__code__.co_names, rule.__code__.co_consts)
    return hashlib.sha256(repr((str(of.text), of.kind, of.shape, of.people, how)).encode()).hexdigest()[:12]


def test_whoever_changes_a_meaning_raises_its_number(app: object) -> None:
    """Changed and the meaning with it: raise `number`. Then, or where the meaning is the same, write the new line."""
    kept = dict(line.split(" ", 1) for line in KEPT.read_text().splitlines())
    assert {each.value: f"{of.number} {fingerprint(of)}" for each, of in DEFINITIONS.items()} == kept


def test_a_committee_is_trained_as_its_programme_says(app: object) -> None:
    said = [means(Indicator.COMMITTEES, shares).rpartition("says. ")[2] for shares in ({80}, {80, 60}, ())]
    assert said == ["Here these are 80 in 100.", "How many these are differs by programme.", "How many these were then is not known."]
    assert means(Indicator.PERSONS, {80}) == means(Indicator.PERSONS, ())
