"""Which months of which tables have changed: noted by the database's own triggers.

A trigger sees every write, whoever makes it: a form, an import in bulk, a merge, a line of SQL.
"""
