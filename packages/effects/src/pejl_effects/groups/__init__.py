"""Two groups of firms to compare, and the two models that describe them."""
