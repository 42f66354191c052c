"""Times the main jobs, each against something simpler that gives the same answer."""
