"""The one clock by which codes live."""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session


def moment_of_all(session: Session) -> datetime:
    """The present moment by the clock of the database: machines whose own clocks differ show and take the same codes,
    and none of them makes a code live longer.
    """
    if session.get_bind().dialect.name == "postgresql":
        moment: datetime = session.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
        return moment.astimezone(UTC)
    said = session.execute(sa.select(sa.func.strftime("%Y-%m-%dT%H:%M:%f", "now"))).scalar_one()
    return datetime.fromisoformat(str(said)).replace(tzinfo=UTC)
