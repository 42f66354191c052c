"""How sure: influence functions, clusters, the multiplier bootstrap and bands."""
