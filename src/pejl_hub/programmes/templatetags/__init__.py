"""What the templates of the room use."""
