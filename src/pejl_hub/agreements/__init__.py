"""Pages of the contract's life: what happened, what a version changes, what it would mean."""
