"""Record sets that nobody thought of: what must hold for all of them."""
