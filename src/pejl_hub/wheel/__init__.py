"""The yearly wheel: the contract's duties as dated occasions, with owner, state and evidence."""
