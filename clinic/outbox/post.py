"""The post: hands a written letter to the mail server, over one connection that is kept open."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote, urlsplit

from clinic.outbox.mark import Outcome, Verdict

TIMEOUT = 15.0


@dataclass(frozen=True)
class Parcel:
    """A written letter: from and to as mailboxes, and the whole message."""

    letter_id: int
    sender: str
    address: str
    raw: bytes


class Post(Protocol):
    """Anything that takes a parcel and says what became of it; it never raises."""

    def deliver(self, parcel: Parcel) -> Outcome:
        """Hand the parcel over."""
        ...


class Recorded:
    """A post that keeps parcels instead of sending them, for a story told in the past."""

    def __init__(self) -> None:
        self.parcels: list[Parcel] = []

    def deliver(self, parcel: Parcel) -> Outcome:
        """Take anything."""
        self.parcels.append(parcel)
        return Outcome(Verdict.TAKEN)


class Smtp:
    """A mail server at ``smtp://`` (STARTTLS where it is offered) or ``smtps://``, with or without a sign-in."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._tls = parts.scheme == "smtps"
        self._host = parts.hostname or ""
        self._port = parts.port or (465 if self._tls else 25)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._open: smtplib.SMTP | None = None

    def deliver(self, parcel: Parcel) -> Outcome:
        """Hand the parcel over; a connection that went stale is opened anew once."""
        was_open = self._open is not None
        outcome = self._attempt(parcel)
        if was_open and outcome.verdict is Verdict.LATER and self._open is None:
            outcome = self._attempt(parcel)
        return outcome

    def close(self) -> None:
        """Say goodbye to the server."""
        if self._open is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._open.quit()
            self._open = None

    def check(self) -> str:
        """Return an empty text when the server answers, else what is wrong."""
        try:
            self._connection().noop()
        except (smtplib.SMTPException, OSError) as trouble:
            self._open = None
            return _words(trouble)
        return ""

    def _connection(self) -> smtplib.SMTP:
        if self._open is None:
            context = ssl.create_default_context()
            if self._tls:
                server: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=TIMEOUT, context=context)
            else:
                server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT)
                server.ehlo_or_helo_if_needed()
                if server.has_extn("starttls"):
                    server.starttls(context=context)
            if self._user:
                server.login(self._user, self._password)
            self._open = server
        return self._open

    def _attempt(self, parcel: Parcel) -> Outcome:
        handing = False
        try:
            server = self._connection()
            server.ehlo_or_helo_if_needed()
            _expect(server.mail(parcel.sender), 250)
            _expect(server.rcpt(parcel.address), 250, 251)
            handing = True
            _expect(server.data(parcel.raw), 250)
        except smtplib.SMTPResponseException as answer:
            self._reset(answer)
            verdict = Verdict.REFUSED if answer.smtp_code >= 500 else Verdict.LATER
            if isinstance(answer, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError | smtplib.SMTPHeloError):
                verdict = Verdict.LATER  # our own settings are at fault, not the letter
            return Outcome(verdict, _words(answer))
        except (smtplib.SMTPException, OSError) as trouble:
            self._drop()
            return Outcome(Verdict.UNSURE if handing else Verdict.LATER, _words(trouble))
        return Outcome(Verdict.TAKEN)

    def _reset(self, answer: smtplib.SMTPResponseException) -> None:
        """Keep the connection for the next letter, unless the server is closing it (421)."""
        try:
            if answer.smtp_code == 421 or self._open is None:
                raise OSError
            self._open.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _drop(self) -> None:
        if self._open is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._open.close()
            self._open = None


def _expect(answer: tuple[int, bytes], *codes: int) -> None:
    if answer[0] not in codes:
        raise smtplib.SMTPResponseException(answer[0], answer[1])


def _words(trouble: Exception) -> str:
    if isinstance(trouble, smtplib.SMTPResponseException):
        said = trouble.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"The mail server said {trouble.smtp_code} {' '.join(text.split())}"[:300]
    return f"The mail server does not answer ({type(trouble).__name__})"
