"""Editing a draft of the contract on pages: goals, clauses, duties, and next year's decisions."""
