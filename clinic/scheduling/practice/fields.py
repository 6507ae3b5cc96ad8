"""What may be written into the practice's fields, with a sentence where it may not."""

from zoneinfo import available_timezones

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from clinic.refusals import NotFound, Unacceptable

DAY_MINUTES = 24 * 60
LARGEST_ID = 2**31 - 1


def clean_text(text: str, *, field: str, most: int, may_be_empty: bool = False) -> str:
    """Return ``text`` with single spaces. Raises ``Unacceptable`` for control characters, nothing, or too much."""
    if any(not character.isprintable() and not character.isspace() for character in text) or "\n" in text:
        raise Unacceptable("This has a line break or a control character in it. Please type it again.", field=field)
    cleaned = " ".join(text.split())
    if not cleaned and not may_be_empty:
        raise Unacceptable("Please fill this in.", field=field)
    if len(cleaned) > most:
        raise Unacceptable(f"This is too long: at most {most} characters.", field=field)
    return cleaned


def clean_mailbox(text: str, *, field: str) -> str:
    """Return a mailbox. Raises ``Unacceptable``."""
    try:
        return validate_email(text, check_deliverability=False, test_environment=True, allow_smtputf8=False).normalized
    except EmailNotValidError:
        raise Unacceptable("This is not an e-mail address. It looks like desk@clinic.example.", field=field) from None


def clean_phone(text: str, *, field: str) -> str:
    """Return a phone number as E.164. Raises ``Unacceptable``."""
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise Unacceptable("This is not a phone number. It looks like (919) 555-0134.", field=field)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def clean_zone(text: str, *, field: str) -> str:
    """Return the name of a zone. Raises ``Unacceptable``."""
    if text not in available_timezones():
        raise Unacceptable("There is no such time zone. It looks like America/New_York.", field=field)
    return text


def clean_number(number: int | None, *, field: str, least: int, most: int, step: int = 1) -> int:
    """Return a whole number within bounds. Raises ``Unacceptable``."""
    if number is None or not least <= number <= most or number % step:
        by = f" in steps of {step}" if step > 1 else ""
        raise Unacceptable(f"This must be a whole number from {least} to {most}{by}.", field=field)
    return number


def known_id(id_: int, sentence: str) -> int:
    """Return an id that can be one. Raises ``NotFound``."""
    if not 0 < id_ <= LARGEST_ID:
        raise NotFound(sentence)
    return id_
