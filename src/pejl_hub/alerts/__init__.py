"""Alerts: a goal leaves or regains its track, a check worsens, a close is due.

Found by holding a count against the last one on record (``actions.look``), shown to those who
look after the data, and sent by e-mail once. A new kind is one line of ``KINDS`` and its words.
"""
