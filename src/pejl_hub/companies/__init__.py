"""Companies, people and the clients that services are given to."""
