"""Times the main jobs, each against something simpler that gives the same answer."""

import os

os.environ.setdefault("PEJL_DEMO", "1")  # what is timed is made up, whichever database it stands in
