"""What a patient agreed to, in which words."""

from clinic.refusals import Unacceptable

VERSION = "2026-11"
SPOKEN = (
    "The clinic may write to me by e-mail about my visits: when and where they are, and changes to them. "
    "E-mail can be read by others on its way. I can take this back at any time."
)
WORDING = f"{VERSION}: {SPOKEN}"
"""The words that are read aloud now, with the month they were written; an older patient keeps the older words."""


class ConsentMissing(Unacceptable):
    """Nobody asked whether the clinic may write."""


def check_channel(channel: str, *, phone: str, email: str, consent: bool) -> str:
    """Return the channel by which they are told about visits; an empty one is chosen by what is known.

    Raises ``ConsentMissing`` where letters are wanted to a mailbox that they did not agree to.
    """
    if not channel:
        return "email" if email and consent else "phone" if phone else "none"
    if channel not in {"email", "phone", "none"}:
        raise Unacceptable("Choose e-mail, phone, or neither.", field="channel")
    if channel == "phone" and not phone:
        raise Unacceptable("To be told by phone, a phone number is needed.", field="phone")
    if channel == "email" and email and not consent:
        raise ConsentMissing(
            "Ask whether the clinic may write to this mailbox, and tick it; or choose the phone.", field="consent"
        )
    return channel
