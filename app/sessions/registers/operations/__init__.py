"""The verbs of the registers. None of them commits."""

from app.sessions.registers.operations.hosts import add_host, change_host
from app.sessions.registers.operations.interpreters import add_interpreter, change_interpreter
from app.sessions.registers.operations.rooms import add_room, change_room
from app.sessions.registers.operations.ruling import add_break, change_rules, remove_break
from app.sessions.registers.operations.trainers import add_leave, disqualify, qualify, remove_leave, say_languages

__all__ = [
    "add_break",
    "add_host",
    "add_interpreter",
    "add_leave",
    "add_room",
    "change_host",
    "change_interpreter",
    "change_room",
    "change_rules",
    "disqualify",
    "qualify",
    "remove_break",
    "remove_leave",
    "say_languages",
]
