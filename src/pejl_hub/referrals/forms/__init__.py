"""The forms of referrals: the registry, a new referral, and each step of its life."""
