"""What other systems tell: statements and documents. The verbs never commit."""

from app.api.xapi.operations.documents import join_document, put_document, remove_documents
from app.api.xapi.operations.storing import Sent, store

__all__ = ["Sent", "join_document", "put_document", "remove_documents", "store"]
