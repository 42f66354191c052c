"""Companies approached together with the local business service."""
