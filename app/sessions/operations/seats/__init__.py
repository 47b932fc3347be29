"""The verbs of seats. Each holds the row of the training session, so that no two of them give one place."""

from app.sessions.operations.seats.clearing import clear, refill
from app.sessions.operations.seats.joining import join, join_at
from app.sessions.operations.seats.ordering import put
from app.sessions.operations.seats.reserving import reserve
from app.sessions.operations.seats.settling import book, book_all, decline
from app.sessions.operations.seats.swapping import swap, walk_in
from app.sessions.operations.seats.withdrawing import accept, accept_own, withdraw, withdraw_own

__all__ = [
    "accept",
    "accept_own",
    "book",
    "book_all",
    "clear",
    "decline",
    "join",
    "join_at",
    "put",
    "refill",
    "reserve",
    "swap",
    "walk_in",
    "withdraw",
    "withdraw_own",
]
