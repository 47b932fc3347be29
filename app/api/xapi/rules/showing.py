"""The three formats in which statements are shown: exact, ids alone, and in one language."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from app.api.xapi.rules import actors
from app.api.xapi.rules.statements import levels

FORMATS = ("exact", "ids", "canonical")
_INTERACTION_PARTS = ("choices", "scale", "source", "target", "steps")


def in_format(statement: dict[str, Any], kind: str, languages: Sequence[str]) -> dict[str, Any]:
    """A statement - which is changed - in a format other than exact."""
    shown = _ids if kind == "ids" else lambda thing: _canonical(thing, languages)
    for each in levels(statement):
        each["verb"] = _verb(each["verb"], kind, languages)
        for holder, name in _places(each):
            holder[name] = shown(holder[name])
        activities = each.get("context", {}).get("contextActivities", {})
        for name, value in activities.items():
            activities[name] = [shown(activity) for activity in value]
    if "authority" in statement:
        statement["authority"] = shown(statement["authority"])
    return statement


def _places(statement: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    context = statement.get("context", {})
    places = [(statement, "actor"), *((context, name) for name in ("instructor", "team") if name in context)]
    places += [(each, "agent") for each in context.get("contextAgents", ())]
    places += [(each, "group") for each in context.get("contextGroups", ())]
    return places if statement["object"].get("objectType") == "SubStatement" else [(statement, "object"), *places]


def _ids(thing: dict[str, Any]) -> dict[str, Any]:
    """No more than tells it from others. An anonymous group is its members."""
    kind = thing.get("objectType")
    if kind == "StatementRef":
        return thing
    if "id" in thing:
        return {"id": thing["id"]}
    kept = {name: thing[name] for name in ("objectType", *actors.IDENTIFIERS) if name in thing}
    if kind == "Group" and actors.identity(thing) is None:
        kept["member"] = [_ids(each) for each in thing["member"]]
    return kept


def _verb(verb: dict[str, Any], kind: str, languages: Sequence[str]) -> dict[str, Any]:
    if kind == "ids":
        return {"id": verb["id"]}
    return {**verb, "display": one_language(verb["display"], languages)} if "display" in verb else verb


def _canonical(thing: dict[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    if "definition" not in thing:
        return thing
    definition, pick = dict(thing["definition"]), _picker(languages)
    for name in ("name", "description"):
        if name in definition:
            definition[name] = pick(definition[name])
    for name in _INTERACTION_PARTS:
        if name in definition:
            definition[name] = [
                {**each, "description": pick(each["description"])} if "description" in each else each
                for each in definition[name]
            ]
    return {**thing, "definition": definition}


def _picker(languages: Sequence[str]) -> Callable[[dict[str, str]], dict[str, str]]:
    return lambda texts: one_language(texts, languages)


def one_language(texts: dict[str, str], languages: Sequence[str]) -> dict[str, str]:
    """The text in the first of the languages that it has - exactly, else in another form - or in its own first."""
    for wanted in (language.lower() for language in languages):
        of_language = [said for said in texts if said.lower().partition("-")[0] == wanted.partition("-")[0]]
        exact = [said for said in of_language if said.lower() == wanted]
        if said := (exact or of_language)[:1]:
            return {said[0]: texts[said[0]]}
    return dict(list(texts.items())[:1])


def merged(definitions: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What several statements said of one activity, the oldest first: the newest word counts, each language stays."""
    found: dict[str, Any] = {}
    for definition in definitions:
        for name, value in definition.items():
            both = isinstance(value, dict) and isinstance(found.get(name), dict)
            found[name] = {**found[name], **value} if both else value
    return found


def definitions_of(thing: Any, iri: str) -> Iterator[dict[str, Any]]:
    """Every definition of an activity in a statement."""
    if isinstance(thing, list):
        for each in thing:
            yield from definitions_of(each, iri)
    elif isinstance(thing, dict):
        if thing.get("id") == iri and isinstance(thing.get("definition"), dict):
            yield thing["definition"]
        for name, each in thing.items():
            if name not in {"definition", "extensions"}:
                yield from definitions_of(each, iri)
