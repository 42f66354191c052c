"""Referrals to private and public advisers after guidance."""
