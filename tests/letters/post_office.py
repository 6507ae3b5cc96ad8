"""A real SMTP server on loopback that can be told to be busy, to refuse, or to break off."""

import socket
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class PostOffice:
    """Keeps what it is given; ``answers`` are said, one a letter, instead of 250."""

    def __init__(self) -> None:
        self.letters: list[Envelope] = []
        self.answers: list[str] = []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    @property
    def url(self) -> str:
        """Its address."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a letter, or say the next answer; ``drop`` breaks off after the letter was taken."""
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer.startswith("250") or answer == "drop":
            self.letters.append(envelope)
        if answer == "drop":
            transport: Any = server.transport
            transport.abort()
        return answer
