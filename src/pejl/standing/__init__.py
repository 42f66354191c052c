"""Where each goal stands: pace, expected by now, and the light."""
