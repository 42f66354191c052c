"""What waits for somebody: a table of kinds, the pile of each for a user, and the daily e-mail.

A new kind is one line of ``KINDS`` and a function in ``kinds.py``. The desk asks
``reminders_for(user, today)``.
"""
