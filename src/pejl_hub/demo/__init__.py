"""The made-up demo year: written as a hub's export, and imported as one."""
