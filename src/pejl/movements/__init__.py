"""Why a figure moved between two dates: its records compared until all of it is explained."""

from pejl.movements.move import Moment, movements
from pejl.movements.result import Cause, Movement, Part, Step

__all__ = ["Cause", "Moment", "Movement", "Part", "Step", "movements"]
