"""One-to-one guidance, specialised and orienting."""
