"""Reads firms over time and applies the declared rules, counting what each one did."""
