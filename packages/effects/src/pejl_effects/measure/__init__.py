"""Carries a design out: from files to effects, doubts and a results record."""
