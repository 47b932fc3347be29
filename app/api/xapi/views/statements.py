"""Statements: stored one or many at a time, found by what stands in them."""

from secrets import token_hex
from urllib.parse import urlencode

from flask import Response, request

from app.access.permissions import Permission
from app.api.tokens.rules import TokenScope
from app.api.xapi.calls import Call, call
from app.api.xapi.operations import take_up
from app.api.xapi.queries import statements as queries
from app.api.xapi.reading import sent_with
from app.api.xapi.rules import keys, showing, values
from app.api.xapi.rules.multipart import Part, mixed
from app.api.xapi.rules.problems import Malformed, want
from app.api.xapi.rules.reading import read_json, write_json
from app.api.xapi.views.blueprint import bp, in_json, nothing
from app.platform.refusal import NotFound

_HEADER = "X-Experience-API-Consistent-Through"
_SINGLE = {"statementId", "voidedStatementId"}
_SHOWING = ("format", "attachments")
_FILTERS = (
    "agent", "verb", "activity", "registration", "related_activities", "related_agents", "since", "until", "limit",
    "ascending", "cursor",
)  # fmt: skip


@bp.route("/statements", methods=["GET", "PUT", "POST"], may=Permission.FACTORIES_READ, from_anywhere=True)
def statements() -> Response:
    asked = call()
    if asked.method in {"GET", "HEAD"}:
        asked.needs(TokenScope.STATEMENTS_READ)
        return _read(asked)
    asked.needs(TokenScope.STATEMENTS_WRITE)
    if asked.method == "PUT":
        return _put(asked)
    want(asked.method == "POST", "method", "is unknown here")
    asked.only()
    return in_json(take_up(asked.entered, sent_with(asked)))


@bp.after_request
def say_how_far(response: Response) -> Response:
    """Also an answer that says no tells until when everything would be found."""
    if request.endpoint == "xapi.statements" and _HEADER not in response.headers:
        response.headers[_HEADER] = values.written(queries.settled_through())
    return response


def _put(asked: Call) -> Response:
    asked.only("statementId")
    statement_id = asked.required("statementId")
    values.check_uuid(statement_id, "statementId")
    sent = sent_with(asked)
    want(len(sent.batch) == 1, "the body", "must be one statement")
    [statement] = sent.batch
    if statement.setdefault("id", statement_id).lower() != statement_id.lower():
        raise Malformed("statement.id must be the one of the address")
    take_up(asked.entered, sent)
    return nothing()


def _read(asked: Call) -> Response:
    shown, through = _format(asked), queries.consistent_through(asked.entered.actor)
    if single := _SINGLE & asked.parameters.keys():
        want(len(single) == 1, "statementId", "and voidedStatementId exclude each other")
        response = _single(asked, single.pop(), shown)
    else:
        response = _many(asked, shown)
    response.headers[_HEADER] = values.written(through)
    return response


def _format(asked: Call) -> str:
    shown = asked.parameters.get("format", "exact")
    want(shown in showing.FORMATS, "format", "must be exact, ids or canonical")
    return shown


def _single(asked: Call, name: str, shown: str) -> Response:
    asked.only(name, *_SHOWING)
    statement_id = asked.required(name)
    values.check_uuid(statement_id, name)
    found = queries.one(asked.entered.actor, statement_id, is_voided=name == "voidedStatementId")
    if found is None:
        raise NotFound
    response = _answer(asked, _as(found.text, shown), [found])
    response.last_modified = found.stored
    return response


def _many(asked: Call, shown: str) -> Response:
    asked.only(*_FILTERS, *_SHOWING)
    wanted = _wanted(asked)
    found, cursor = queries.some(asked.entered.actor, wanted)
    if asked.yes("attachments") and (fit := queries.within_files(found)) < len(found):
        found, cursor = found[:fit], found[fit - 1].id
    more = ""
    if cursor is not None:
        more = f"{request.path}?{urlencode({**asked.parameters, 'cursor': str(cursor)})}"
    rows = ",".join(_as(each.text, shown) for each in found)
    response = _answer(asked, f'{{"statements":[{rows}],"more":{write_json(more)}}}', found)
    if found:
        response.last_modified = max(each.stored for each in found)
    return response


def _wanted(asked: Call) -> queries.Wanted:
    said = asked.parameters
    is_found: list[tuple[str, bool]] = []
    if "verb" in said:
        is_found.append((keys.verb_key(asked.iri("verb")), True))
    if "registration" in said:
        values.check_uuid(said["registration"], "registration")
        is_found.append((keys.registration_key(said["registration"]), True))
    related_agents, related_activities = asked.yes("related_agents"), asked.yes("related_activities")
    if "agent" in said:
        is_found.append((keys.agent_key(asked.agent()), not related_agents))
    if "activity" in said:
        is_found.append((keys.activity_key(asked.iri("activity")), not related_activities))
    return queries.Wanted(
        keys=tuple(is_found),
        since=values.moment(said["since"], "since") if "since" in said else None,
        until=values.moment(said["until"], "until") if "until" in said else None,
        is_ascending=asked.yes("ascending"),
        limit=min(_number(asked, "limit") or queries.MOST, queries.MOST),
        cursor=_number(asked, "cursor") if "cursor" in said else None,
    )


def _number(asked: Call, name: str) -> int:
    said = asked.parameters.get(name, "0")
    want(said.isascii() and said.isdigit() and len(said) <= 18, name, "must be a whole number")
    return int(said)


def _as(text: str, shown: str) -> str:
    """A statement in a format; what is kept is the exact one."""
    if shown == "exact":
        return text
    languages = [language for language, _weight in request.accept_languages]
    return write_json(showing.in_format(read_json(text), shown, languages))


def _answer(asked: Call, text: str, found: list[queries.Found]) -> Response:
    if not asked.yes("attachments"):
        return Response(text, mimetype="application/json")
    parts = [Part({"Content-Type": "application/json"}, text.encode())]
    for row in queries.files_of([each.id for each in found]):
        headers = {
            "Content-Type": row.content_type, "Content-Transfer-Encoding": "binary", "X-Experience-API-Hash": row.sha2,
        }  # fmt: skip
        parts.append(Part(headers, row.content))
    boundary = token_hex(16)
    response = Response(mixed(parts, boundary))
    response.headers["Content-Type"] = f"multipart/mixed; boundary={boundary}"
    return response
