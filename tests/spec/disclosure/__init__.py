"""Disclosure control: what is hidden, and what a reader can find out all the same."""
