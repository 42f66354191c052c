"""The page of a campaign: its list, how far it has come, and the contract's two numbers."""
