"""The MIME parts of a letter, put together from headers that are read once.

``EmailMessage.set_content`` and its kin read a header again for each of its parameters, and make a class for it each
time: five milliseconds for a letter, of which this takes one.
"""

import base64
import binascii
from collections.abc import Iterable
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP as ANY_POST
from functools import lru_cache
from typing import Any


class OnceMade(HeaderRegistry):
    """Makes the class for a kind of header once; the library makes it anew for each header."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """Return the class for headers called ``name``."""
        kind = name.lower()
        if kind not in self._made:
            self._made[kind] = super().__getitem__(name)
        return self._made[kind]


SMTP = ANY_POST.clone(cte_type="7bit", header_factory=OnceMade())
"""Letters pass through mail servers that take seven bits alone; what needs eight is encoded."""


def text_part(text: str, subtype: str) -> EmailMessage:
    """Return ``text`` as text/``subtype``."""
    written = binascii.b2a_qp(text.encode()).decode("ascii")
    return _part(f'text/{subtype}; charset="utf-8"', "quoted-printable", written)


def file_part(content: bytes, content_type: str, *, attached_as: str = "") -> EmailMessage:
    """Return ``content`` as it is; with a name it is something to keep, without one something to read."""
    part = _part(content_type, "base64", base64.encodebytes(content).decode("ascii"))
    if attached_as:
        _set(part, "Content-Disposition", f'attachment; filename="{attached_as}"')
    return part


def fill(message: EmailMessage, readable: Iterable[EmailMessage], attached: Iterable[EmailMessage] = ()) -> None:
    """Put into a message without content what is ``readable``, the plainest of the same words first, and ``attached``.

    A mail program shows the last that it knows.
    """
    _set(message, "MIME-Version", "1.0")
    files = list(attached)
    words = EmailMessage(policy=SMTP) if files else message
    _join(words, "alternative", readable)
    if files:
        _join(message, "mixed", [words, *files])


def _part(content_type: str, encoding: str, written: str) -> EmailMessage:
    part = EmailMessage(policy=SMTP)
    _set(part, "Content-Type", content_type)
    _set(part, "Content-Transfer-Encoding", encoding)
    part.set_payload(written)
    return part


def _join(whole: EmailMessage, subtype: str, parts: Iterable[EmailMessage]) -> None:
    # no quoted-printable and no base64 text has "=_" in it, so it needs nothing random (RFC 2045, 6.7)
    _set(whole, "Content-Type", f'multipart/{subtype}; boundary="=_{subtype}"')
    for part in parts:
        whole.attach(part)


def _set(part: EmailMessage, name: str, value: str) -> None:
    part[name] = _header(name, value)


@lru_cache(maxsize=64)
def _header(name: str, value: str) -> Any:
    """Return a header that does not change from letter to letter."""
    return SMTP.header_factory(name, value)
