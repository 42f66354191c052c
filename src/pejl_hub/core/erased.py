"""What stands where personal data stood: one word, in the database and on the page."""

ERASED = "(slettet)"
NOWHERE = "slettet.invalid"  # RFC 2606: an address there can never be written to
