"""The job that reads the mailbox."""

from app.platform.jobs import Done, Outcome
from app.sessions.replies import polling


def poll() -> Outcome:
    """Each mail is a transaction of its own; a mailbox that is away is tried again at the next turn of the timer."""
    polling.poll()
    return Done()
