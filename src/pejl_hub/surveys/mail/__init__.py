"""E-mails of the user evaluation: written, handed over, and looked for in the server's log."""
