"""What this store speaks, and what it knows of activities and agents."""

from flask import Response

from app.access.permissions import Permission
from app.api.tokens.rules import TokenScope
from app.api.xapi.calls import call
from app.api.xapi.queries import statements as queries
from app.api.xapi.rules import keys, showing
from app.api.xapi.rules.actors import IDENTIFIERS
from app.api.xapi.rules.reading import read_json
from app.api.xapi.views.blueprint import VERSIONS, bp, in_json
from app.platform.web import PUBLIC

_MOST = 100


@bp.get("/about", may=PUBLIC)
def about() -> Response:
    """Anybody may ask which editions are spoken here."""
    return in_json({"version": VERSIONS, "extensions": {}})


@bp.get("/activities", may=Permission.FACTORIES_READ)
def activities() -> Response:
    """An activity, with all that statements in reach say of it."""
    asked = call()
    asked.needs(TokenScope.STATEMENTS_READ)
    asked.only("activityId")
    iri = asked.iri("activityId")
    texts = queries.about_activity(asked.entered.actor, keys.activity_key(iri), _MOST)
    definitions = [each for text in texts for each in showing.definitions_of(read_json(text), iri)]
    definition = showing.merged(definitions)
    return in_json({"objectType": "Activity", "id": iri, **({"definition": definition} if definition else {})})


@bp.get("/agents", may=Permission.FACTORIES_READ)
def agents() -> Response:
    """Who an agent is, as far as the sender says it: nothing is added of what is known here of people."""
    asked = call()
    asked.needs(TokenScope.STATEMENTS_READ)
    asked.only("agent")
    agent = asked.agent()
    return in_json(
        {"objectType": "Person", **{name: [agent[name]] for name in ("name", *IDENTIFIERS) if name in agent}}
    )
