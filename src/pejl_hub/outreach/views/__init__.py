"""The outreach pages. That of one campaign stands in the desk: it shows contract figures."""
