"""The Content-Security-Policy under which a report on the web is read."""

import base64
import hashlib


def policy(page: bytes) -> str:
    """Its own styles by their hashes, whichever version of Pejl made it, its pictures, no more."""
    styles = [part.partition(b"</style>")[0] for part in page.split(b"<style>")[1:]]
    digests = [base64.b64encode(hashlib.sha256(one).digest()).decode() for one in styles]
    allowed = " ".join(f"'sha256-{one}'" for one in digests) or "'none'"
    return f"default-src 'none'; style-src {allowed}; img-src data:; base-uri 'none'"
