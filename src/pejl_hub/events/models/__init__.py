"""Events, the sign-ups to them, and the attendances that are counted."""

from pejl_hub.events.models.attendance import Attendance, AttendanceState
from pejl_hub.events.models.event import Event, EventForm
from pejl_hub.events.models.letter import Letter, LetterKind, LetterState, Tries
from pejl_hub.events.models.signup import AttendeeList, ListState, Origin, Signup, SignupState

__all__ = [
    "Attendance",
    "AttendanceState",
    "AttendeeList",
    "Event",
    "EventForm",
    "Letter",
    "LetterKind",
    "LetterState",
    "ListState",
    "Origin",
    "Signup",
    "SignupState",
    "Tries",
]
