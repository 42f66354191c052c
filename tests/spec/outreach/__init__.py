"""Outreach: whom a list finds, whom the gate keeps out, and what a contact moves."""
