"""What training sessions hold of a person."""

from app.factories.merging.rows import Rows, Tables
from app.sessions.models import Seat


class SessionsData(Tables):
    """A seat goes over unless the winner has one in the same training session."""

    tables = (Rows(Seat, Seat.person_id, (Seat.training_id,)),)


PERSON_DATA = SessionsData()
