"""Tables of training sessions, of seats in them, of calendars, and of what is planned with."""

from app.sessions.models.invitations import Invitation
from app.sessions.models.registers import HostAccount, Interpreter, PlanningRules, Room
from app.sessions.models.seats import Seat, SeatAtMeeting, SeatMove
from app.sessions.models.trainings import Meeting, MeetingInterpreter, MeetingSite, Site, Trainer, TrainingSession

__all__ = [
    "HostAccount",
    "Interpreter",
    "Invitation",
    "Meeting",
    "MeetingInterpreter",
    "MeetingSite",
    "PlanningRules",
    "Room",
    "Seat",
    "SeatAtMeeting",
    "SeatMove",
    "Site",
    "Trainer",
    "TrainingSession",
]
