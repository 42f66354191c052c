"""How each figure is counted: one file per kind of goal, every example on both engines."""
