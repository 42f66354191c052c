"""What outreach asks for of what the hub's contracts share."""

from pejl.contract.goal import SizeBand
from pejl_hub.core.places import shared


def bands() -> tuple[SizeBand, ...]:
    """The size bands, smallest first."""
    return tuple(shared().size_bands)
