"""What a user evaluation asks, and how sure its answers make us: rules, intervals, weights."""
