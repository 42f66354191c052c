"""Every write of the room: rounds, courses and grants, and the moves in their lives."""

from pejl_hub.programmes.actions.moves import MoveRefused as MoveRefused
from pejl_hub.programmes.actions.moves import move as move
from pejl_hub.programmes.actions.moves import undo_last as undo_last
from pejl_hub.programmes.actions.recording import Applied as Applied
from pejl_hub.programmes.actions.recording import ParticipationRefused as ParticipationRefused
from pejl_hub.programmes.actions.recording import correct as correct
from pejl_hub.programmes.actions.recording import record as record
from pejl_hub.programmes.actions.rounds import save_programme as save_programme
from pejl_hub.programmes.actions.rounds import save_round as save_round
