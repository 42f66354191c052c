"""The registers: every guidance, referral, and course or grant, as lists and as files.

The rooms record; here their records are found, taken away, and changed many at once.
"""
