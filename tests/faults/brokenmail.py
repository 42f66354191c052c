"""Mail servers in trouble, on loopback: each greets, or not, and then does what it should not."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

ANSWERS = {
    "EHLO": b"250 hub\r\n",
    "MAIL": b"250 OK\r\n",
    "RCPT": b"250 OK\r\n",
    "RSET": b"250 OK\r\n",
}


@contextmanager
def dying_at(verb: str) -> Iterator[int]:
    """A server that hangs up instead of answering ``verb``; CONTENT is the e-mail's own end.

    SILENCE never says a word. Gives the port.
    """
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        thread = Thread(target=_serve, args=(listening, verb), daemon=True)
        thread.start()
        yield listening.getsockname()[1]


def _serve(listening: socket.socket, verb: str) -> None:
    while True:
        try:
            talking, _ = listening.accept()
        except OSError:
            return  # the test is over
        with talking:
            _talk(talking, verb)


def _talk(talking: socket.socket, verb: str) -> None:
    if verb == "SILENCE":
        talking.recv(1024)  # until the other hangs up
        return
    talking.sendall(b"220 hub\r\n")
    heard = talking.makefile("rb")
    for line in heard:
        said = line[:4].decode().strip().upper()
        if said == verb:
            return
        if said == "DATA":
            talking.sendall(b"354 go on\r\n")
            if verb == "CONTENT":
                while heard.readline() not in (b".\r\n", b""):
                    pass
                return
        talking.sendall(b"250 OK\r\n")
