"""What other systems tell: statements and documents. The verbs never commit."""

from app.api.xapi.operations.documents import join_document, put_document, remove_documents
from app.api.xapi.operations.storing import Sent
from app.api.xapi.operations.taking_up import take_up

__all__ = ["Sent", "join_document", "put_document", "remove_documents", "take_up"]
