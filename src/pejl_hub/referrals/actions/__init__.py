"""Writes of referrals, each in a transaction with its audit entry."""
