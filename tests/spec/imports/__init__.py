"""Imports: what is accepted, what is refused and why, and that nothing is ever half done."""
