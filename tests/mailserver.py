"""A real SMTP server on loopback that keeps what it takes and logs it, as mail servers do."""

import re
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Taken:
    """One e-mail as the server took it."""

    to: str
    message: EmailMessage

    @property
    def text(self) -> str:
        """The plain part."""
        return self.message.get_body(("plain",)).get_content()

    @property
    def html(self) -> str:
        """The HTML part."""
        return self.message.get_body(("html",)).get_content()

    @property
    def secret(self) -> str:
        """The secret in the answer link."""
        return re.search(r"/svar/([\w-]+)/\s", self.text).group(1)


@dataclass
class MailServer:
    """Takes everything, unless ``refuse`` answers an address with another reply."""

    log: Path | None = None
    refuse: dict[str, str] = field(default_factory=dict)
    on_data: Callable[[Envelope], str | None] | None = None
    taken: list[Taken] = field(default_factory=list)

    def __enter__(self) -> "MailServer":
        self.host, self.port = "127.0.0.1", _free_port()
        self.controller = Controller(self, hostname=self.host, port=self.port)
        self.controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.controller.stop()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        """Take the address, or say what the test wants said."""
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the e-mail, log it, and give the receipt: in this order, as servers do."""
        if self.on_data and (reply := self.on_data(envelope)):
            return reply
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append(Taken(envelope.rcpt_tos[0], message))
        if self.log:
            with self.log.open("a") as file:
                file.write(
                    f"postfix/cleanup[7]: 4F1A: message-id={message['Message-ID'].strip()}\n"
                )
        return "250 OK: queued"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
