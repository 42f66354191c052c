"""Writes of the contracts: drafts, and the steps from submitted to closed."""

from pejl_hub.contracts.actions.drafts import save_draft, start_draft, take_up
from pejl_hub.contracts.actions.steps import adopt, record_step, reject, submit

__all__ = ["adopt", "record_step", "reject", "save_draft", "start_draft", "submit", "take_up"]
