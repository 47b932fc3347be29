"""The OpenAPI document, made from the table of resources: what checks and answers requests describes them too."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from app.api.door import PROBLEM
from app.api.v1.asked import Asked
from app.api.v1.resource import Resource
from app.api.v1.resources import RESOURCES

VERSION = "1.0.0"
_REF = "#/components/schemas/{model}"
_FAILURES = {
    "400": "A parameter is not known, given twice, or not as described. `errors` says which.",
    "401": "There is no token, or none that works.",
    "403": "The token does not allow this, or its owner may not see any of it.",
    "409": "Each parameter is as described, and they do not go together. `errors` says which.",
    "412": "The answer is not the one that `If-Match` names. An `ETag` of ours is weak: only `*` matches it.",
    "429": "Too many requests. `Retry-After` says how many seconds to wait.",
    "503": "The system is busy. `Retry-After` says how many seconds to wait.",
}


_ABOUT = (
    "What other programs read of training in garment factories. Completions and certificates are followed by "
    "`updated_since` and then by `next_cursor`. People and sessions are not: read their lists anew once a night, with "
    "the `ETag` of each page as `If-None-Match`, and have a webhook tell you in between. `session.changed` and "
    "`person.changed` hold the thing as these lists have it; after `factory.roster_applied` read the people of that "
    "factory anew. A name that was corrected is told by the nightly reading alone."
)


class Fault(BaseModel):
    """What is wrong with one parameter."""

    name: str
    detail: str


class Problem(BaseModel):
    """Why a request failed (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str | None = Field(default=None, description="What happened, in a sentence.")
    instance: str = Field(description="Tell us this when you ask about it.")
    errors: list[Fault] | None = None


@cache
def document() -> dict[str, Any]:
    """OpenAPI 3.1. The same in every process."""
    shapes: list[tuple[type[BaseModel], Any]] = [(resource.item, "serialization") for resource in RESOURCES]
    shapes += [(resource.listing, "serialization") for resource in RESOURCES]
    _names, schemas = models_json_schema([*shapes, (Problem, "validation")], ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Seamwise", "version": VERSION,
            "description": _ABOUT,
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "tags": [{"name": resource.name, "description": resource.about} for resource in RESOURCES],
        "paths": dict(_paths()),
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "A token that was made in the browser."}
            },
            "headers": {
                "ETag": {"schema": {"type": "string"}, "description": "Send it as `If-None-Match` next time."},
                "RateLimit": {
                    "schema": {"type": "string"},
                    "description": "How many requests the token has left (`r`), and in how many seconds it has "
                    "all of them again (`t`).",
                },
                "Retry-After": {"schema": {"type": "string"}, "description": "Seconds to wait."},
            },
        },
    }  # fmt: skip


def _paths() -> Iterator[tuple[str, dict[str, Any]]]:
    for resource in RESOURCES:
        yield resource.path, {"get": _list(resource)}
        if resource.one_by is not None:
            yield resource.one_path, {"get": _one(resource)}


def _list(resource: Resource[Any]) -> dict[str, Any]:
    return _operation(resource, f"list_{resource.name}", resource.about, resource.listing, parameters(resource.asked))


def _one(resource: Resource[Any]) -> dict[str, Any]:
    is_code = resource.one_name == "code"
    schema = {"type": "string", "minLength": 1} if is_code else {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
    named = {"name": resource.one_name, "in": "path", "required": True, "schema": schema}
    made = _operation(resource, f"read_{resource.name}", f"One of the {resource.name}.", resource.item, [named])
    made["responses"]["404"] = _failure("There is nothing that the owner of the token sees.")
    return made


def _operation(
    resource: Resource[Any], name: str, summary: str, answer: type[BaseModel], named: list[dict[str, Any]]
) -> dict[str, Any]:
    schema = {"$ref": _REF.format(model=answer.__name__)}
    fine = {
        "description": "What was asked for.",
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in ("ETag", "RateLimit")},
        "content": {"application/json": {"schema": schema}},
    }  # fmt: skip
    same = {"description": "Nothing has changed since the answer with this `ETag`."}
    failures = {status: _failure(why, waits=status in {"429", "503"}) for status, why in _FAILURES.items()}
    return {
        "operationId": name, "tags": [resource.name], "summary": summary, "x-scope": resource.scope.value,
        "parameters": named, "responses": {"200": fine, "304": same, **failures},
    }  # fmt: skip


def _failure(why: str, *, waits: bool = False) -> dict[str, Any]:
    made: dict[str, Any] = {
        "description": why, "content": {PROBLEM: {"schema": {"$ref": _REF.format(model=Problem.__name__)}}},
    }  # fmt: skip
    if waits:
        made["headers"] = {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}
    return made


def parameters(kind: type[Asked]) -> list[dict[str, Any]]:
    """What the query of a list may hold."""
    schema = kind.model_json_schema(ref_template=_REF)
    known = schema.get("$defs", {})
    return [_parameter(name, each, known) for name, each in schema["properties"].items()]


def _parameter(name: str, schema: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """A query has no null: what may be left out is simply not there."""
    shapes = [each for each in schema.get("anyOf", [schema]) if each.get("type") != "null"]
    shape = {key: value for key, value in shapes[0].items() if key not in {"title", "description", "default"}}
    if "$ref" in shape:
        shape = {"type": "string", "enum": known[shape["$ref"].rpartition("/")[2]]["enum"]}
    if (default := schema.get("default")) is not None:
        shape["default"] = default
    return {"name": name, "in": "query", "required": False, "schema": shape,
            "description": schema.get("description", "")}  # fmt: skip
