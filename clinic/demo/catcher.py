"""The demo's mail server: takes every letter and sends none on."""

import mailbox
import socket
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"


class Catcher:
    """A real SMTP server on a free loopback port; what it takes lies in a maildir."""

    def __init__(self, folder: Path) -> None:
        self._letters = mailbox.Maildir(folder, create=True)
        self._port = _free_port()
        self._controller = Controller(self, hostname=HOST, port=self._port)

    @property
    def url(self) -> str:
        """Its address, as CLINIC_MAIL_URL."""
        return f"smtp://{HOST}:{self._port}"

    def open(self) -> None:
        """Start to listen, in a thread."""
        self._controller.start()

    def close(self) -> None:
        """Stop."""
        self._controller.stop()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a letter."""
        self._letters.add(envelope.original_content or b"")
        return "250 Caught"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
