"""How to reach a patient: telephone numbers and mailboxes, in one form each."""

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from clinic.refusals import Unacceptable

REGION = "US"


class NoSuchNumber(Unacceptable):
    """No telephone can have this number."""


class NoSuchMailbox(Unacceptable):
    """No mailbox can have this address."""


class Unreachable(Unacceptable):
    """Neither a phone nor an e-mail is known."""


def normal_phone(text: str) -> str:
    """Return a telephone number as E.164, read as a US one unless it starts with +; an empty text stays empty.

    Raises ``NoSuchNumber`` with how to mend it.
    """
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException as error:
        raise NoSuchNumber(
            "This does not read as a phone number. Type it with its area code, like 919 555 0134.", field="phone"
        ) from error
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise NoSuchNumber(
            "This number has too few or too many digits. Type all ten with the area code, like 919 555 0134, "
            "or start with + and the country.",
            field="phone",
        )
    if not phonenumbers.is_valid_number(number):
        raise NoSuchNumber("No telephone has this number. Check the area code and the digits after it.", field="phone")
    if number.extension:
        raise NoSuchNumber("Leave the extension out, and write it in the desk note.", field="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown_phone(phone: str) -> str:
    """Return an E.164 number as people here write it: (919) 555-0134, or +44 20 7946 0958 from abroad."""
    try:
        number = phonenumbers.parse(phone, REGION)
    except phonenumbers.NumberParseException:
        return phone
    home = number.country_code == phonenumbers.country_code_for_region(REGION)
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def normal_email(text: str) -> str:
    """Return a mail address in its usual form, in ASCII; an empty text stays empty.

    Whether anybody reads it is not asked. Raises ``NoSuchMailbox`` with how to mend it.
    """
    if not text.strip():
        return ""
    try:
        found = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise NoSuchMailbox(
            "This does not read as an e-mail address. It needs a name, an @ and a domain, like ada@mail.example.",
            field="email",
        ) from error
    return found.ascii_email or found.normalized


def check_reachable(*, phone: str, email: str) -> None:
    """Raise ``Unreachable`` unless there is a phone or an e-mail."""
    if not phone and not email:
        raise Unreachable(
            "A phone number or an e-mail address is needed, so that the clinic can reach them.", field="phone"
        )
