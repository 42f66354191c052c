"""Hand an e-mail to the mail server, and know whether the server may have taken it.

Between the last byte sent and the server's receipt nobody can know (RFC 1047); before that, and
after a refusal, it is certain that nothing was taken. ``sendmail`` of the standard library does
not tell the two apart, so the steps of the dialogue are taken here one at a time.
"""

import smtplib
from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from pejl.base.errors import UserError

OK = 250
WILL_FORWARD = 251
PERMANENT = 500


class NotTaken(Exception):
    """The server has not taken the e-mail: it may be tried again."""


class AddressRefused(Exception):
    """The server will never take an e-mail for this address."""


class Unreachable(Exception):
    """There is no server to talk to: nobody's e-mail can be sent now."""


class PerhapsTaken(Exception):
    """The connection broke while the server was taking the e-mail."""


def unreachable(error: Unreachable) -> UserError:
    """What whoever started the sending is told."""
    return UserError(
        given=f"the mail server, which said: {error}",
        needed="a mail server that can be reached",
        remedy="Look at EMAIL_HOST and EMAIL_PORT; what is waiting is sent by the next run.",
    )


def connect(backend: BaseEmailBackend) -> None:
    """Open the connection, or say that there is none to be had."""
    try:
        backend.open()
    except OSError as error:
        raise Unreachable(str(error)) from error


def hand_over(backend: BaseEmailBackend, email: EmailMessage) -> None:
    """Give the e-mail to the server; returns when the server has taken it.

    Raises
    ------
    NotTaken, AddressRefused, Unreachable, PerhapsTaken
        As they say. Only the last leaves a doubt.
    """
    if not isinstance(backend, EmailBackend):
        backend.send_messages([email])  # the console, or a test's list: it cannot half succeed
        return
    connect(backend)
    content = email.message().as_bytes(linesep="\r\n")
    try:
        _address(backend.connection, email)
        _content(backend.connection, content)
    except (NotTaken, PerhapsTaken):
        _start_afresh(backend)
        raise


def _address(server: smtplib.SMTP, email: EmailMessage) -> None:
    """Sender and recipient. A broken connection here has taken nothing."""
    sender = email.from_email.rpartition("<")[2].rstrip(">")
    server_says(server.ehlo_or_helo_if_needed)
    code, reply = server_says(lambda: server.mail(sender))
    if code != OK:
        server_says(server.rset)
        raise NotTaken(_words(reply))
    code, reply = server_says(lambda: server.rcpt(email.to[0]))
    if code not in (OK, WILL_FORWARD):
        server_says(server.rset)
        raise (AddressRefused if code >= PERMANENT else NotTaken)(_words(reply))


def _content(server: smtplib.SMTP, content: bytes) -> None:
    """The e-mail itself. A broken connection here leaves a doubt, a refusal does not."""
    try:
        code, reply = server.data(content)
    except smtplib.SMTPDataError as error:
        raise NotTaken(_words(error.smtp_error)) from error
    except OSError as error:  # smtplib's own errors are OSErrors too
        raise PerhapsTaken(str(error)) from error
    if code != OK:
        raise NotTaken(_words(reply))


def server_says(ask: Callable[[], Any]) -> Any:
    """One step of the dialogue; a broken connection is certain to have taken nothing."""
    try:
        return ask()
    except OSError as error:
        raise NotTaken(str(error)) from error


def _start_afresh(backend: EmailBackend) -> None:
    """Drop a connection whose state is not known; the next e-mail opens a new one."""
    backend.connection.close()
    backend.connection = None


def _words(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
