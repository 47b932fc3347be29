"""What other systems say, stored and taken up."""

from app.api.tokens.entering import Entered
from app.api.xapi.operations.results import note_results
from app.api.xapi.operations.storing import Sent, store


def take_up(entered: Entered, sent: Sent) -> list[str]:
    """Store statements, and let learning records know what they say of people. Answers their ids. Raises as `store`."""
    ids, kept = store(entered, sent)
    note_results(kept)
    return ids
