"""Sign a document, sign after somebody, and add to what is signed."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from clinic import audit
from clinic.care.signatures.clinician import Clinician
from clinic.care.signatures.models import Addendum, Signature
from clinic.care.signatures.words import check_words
from clinic.database import database
from clinic.refusals import Refusal, Unacceptable

AUTHOR, COSIGNER = "author", "co-signer"
KINDS = {
    "addendum": "Addendum: something new",
    "correction": "Correction: something was wrong",
    "late entry": "Late entry: something was left out",
}


class AlreadySigned(Refusal):
    """What is signed does not change; it is added to."""

    def __init__(self) -> None:
        super().__init__("This is signed, so it no longer changes. Add an addendum to it.")


class NotForYou(Refusal):
    """Only some may sign this."""

    status = 403


def hash_of(content: Mapping[str, Any]) -> str:
    """Return the sha256 of a document's canonical text: its facts as JSON, keys in order."""
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, default=_plain).encode()).hexdigest()


def put_signature(*, about: str, part: str, content_hash: str, by: Clinician, now: datetime) -> Signature:
    """Put one signature under a document; the caller commits. Raises ``AlreadySigned`` where that part is signed."""
    signature = Signature(
        about=about,
        part=part,
        user_id=by.user_id,
        name=by.name,
        credentials=by.credentials,
        signed_at=now,
        content_hash=content_hash,
    )
    try:
        with database.session.begin_nested():
            database.session.add(signature)
    except IntegrityError:
        raise AlreadySigned from None
    return signature


def add(
    *,
    about: str,
    patient_id: int,
    kind: str,
    reason: str,
    words: str,
    by: Clinician,
    now: datetime,
    request_id: str | None = None,
) -> Addendum:
    """Add to a signed document, which stays as it is; the caller commits, and has checked that it is signed.

    The same ``request_id`` gives back the first. Raises ``Unacceptable``.
    """
    if kind not in KINDS:
        raise Unacceptable("Choose what kind of addition it is.", field="kind")
    if not reason.strip():
        raise Unacceptable("Say why it is added now.", field="reason")
    if not words.strip():
        raise Unacceptable("Write what is added.", field="words")
    check_words(reason.strip(), 300, "reason")
    check_words(words.strip(), 4000, "words")
    twin = _already(request_id, about)
    if twin is not None:
        return twin
    facts = {"about": about, "kind": kind, "reason": reason.strip(), "words": words.strip()}
    addendum = Addendum(
        **facts,
        user_id=by.user_id,
        name=by.name,
        credentials=by.credentials,
        at=now,
        content_hash=hash_of({**facts, "by": by.user_id, "at": now}),
        request_id=request_id,
    )
    try:
        with database.session.begin_nested():
            database.session.add(addendum)
    except IntegrityError:
        twin = _already(request_id, about)
        if twin is None:
            raise
        return twin
    audit.record(f"{kind} added", about=about, by=by.actor, now=now, patient_id=patient_id)
    return addendum


def _already(request_id: str | None, about: str) -> Addendum | None:
    if request_id is None:
        return None
    query = select(Addendum).where(Addendum.request_id == request_id, Addendum.about == about)
    return database.session.scalars(query).first()


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value.normalize() if value else Decimal(0))
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"no canonical text for {type(value).__name__}")
