"""What companies ask for, whether that moves, and who is reached less than their share.

It counts nothing itself: ``pejl.indicators`` does. A small number is never over-read: a change or
a share is said only where its interval leaves no doubt, and never about fewer than ten.
"""
