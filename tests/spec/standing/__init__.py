"""Where each goal stands: its pace, its light, and the forms in which it is given out."""
