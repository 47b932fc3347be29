"""Is the process alive, and is it ready to serve."""

from datetime import timedelta

from flask import jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.platform.db import db
from app.platform.db.migrate import is_at_head
from app.platform.jobs.queries import delay
from app.platform.web.blueprint import Blueprint
from app.platform.web.may import PUBLIC

bp = Blueprint("health", __name__)

LONGEST_DELAY = timedelta(minutes=15)


@bp.get("/livez", may=PUBLIC)
def live() -> ResponseReturnValue:
    """Answers as long as the process runs; touches nothing."""
    return jsonify(alive=True)


@bp.get("/readyz", may=PUBLIC)
def ready() -> ResponseReturnValue:
    """200 when the database answers and is migrated; 503 otherwise. Says when jobs wait too long."""
    try:
        db.session.execute(text("SELECT 1"))
        migrated = is_at_head(db.engine)
        late = delay() > LONGEST_DELAY if migrated else False
    except DBAPIError:
        return jsonify(ready=False, database=False), 503
    return jsonify(ready=migrated, database=True, migrated=migrated, jobs_late=late), 200 if migrated else 503
