"""Group sums in one pass over the data, from which every group-time effect is algebra."""
