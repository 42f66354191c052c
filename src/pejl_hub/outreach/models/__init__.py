"""Campaigns, the companies on their lists, why they may be contacted, and the approaches."""

from pejl_hub.outreach.models.approach import Approach, Outcome
from pejl_hub.outreach.models.campaign import Campaign, Candidate
from pejl_hub.outreach.models.gate import BasisKind, ContactBasis

__all__ = ["Approach", "BasisKind", "Campaign", "Candidate", "ContactBasis", "Outcome"]
