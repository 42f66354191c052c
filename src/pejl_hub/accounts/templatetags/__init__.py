"""What templates may ask about the person signed in."""
