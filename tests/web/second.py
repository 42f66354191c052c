"""A telephone with an app for codes, as a test holds it."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

PERIOD_SECONDS = 30


def code(secret, periods=0):
    """The code of now, or of so many periods later (or earlier)."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD_SECONDS + periods))


def wrong(secret):
    """Six digits that are no code of these minutes."""
    near = {code(secret, periods) for periods in range(-3, 4)}
    return next(f"{n:06}" for n in range(10) if f"{n:06}" not in near)


def secret_on(page):
    """The secret that the page shows for an app that cannot read the picture."""
    found = re.search(r'class="long">([A-Z2-7 ]+)<', page.content.decode())
    return found[1].replace(" ", "")
