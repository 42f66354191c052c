"""Personal data: what is held and why, for how long, a person's own copy, and forgetting."""
