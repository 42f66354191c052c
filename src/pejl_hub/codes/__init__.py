"""Code lists: what the forms offer on a day. Editable by an administrator, without deployment."""
