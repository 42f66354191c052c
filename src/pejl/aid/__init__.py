"""Aid of minor amount (de minimis): its rules as dated data, and what an undertaking was given."""
