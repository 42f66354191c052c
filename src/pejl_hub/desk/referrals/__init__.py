"""The room of referrals: the registry of advisers, each referral, and what waits for an answer."""
