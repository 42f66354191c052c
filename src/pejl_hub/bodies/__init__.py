"""Bodies: seats and terms, who nominates, and the municipalities' contacts."""
