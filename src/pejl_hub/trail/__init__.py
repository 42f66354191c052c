"""The audit trail as pages: who did what, what it was before, and putting back what was removed."""
