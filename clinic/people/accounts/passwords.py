"""Passwords: argon2id, a few rules, and the same work for accounts that do not exist."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from clinic.refusals import Unacceptable

LEAST, MOST = 10, 200
COMMON = frozenset(
    {
        "1234567890",
        "12345678910",
        "administrator",
        "changeme123",
        "iloveyou12",
        "letmein123",
        "password12",
        "password123",
        "physicaltherapy",
        "physiotherapy",
        "qwertyuiop",
        "welcome123",
    }
)

_hasher = PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)
_turn = threading.BoundedSemaphore(2)  # a hash takes 19 MB and a core for 20 ms; a crowd must wait its turn
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5$q0ib3x7f8m1s2Jb8cPpT0s0m6m8m0kq1Qx8oWn2v0nE"


class WeakPassword(Unacceptable):
    """The password would be guessed."""


def check_strength(password: str, *, email: str, name: str) -> None:
    """Refuse a password that is too short, too long, common, or the person's own name. Raises ``WeakPassword``."""
    folded = password.casefold()
    if not LEAST <= len(password) <= MOST:
        raise WeakPassword(f"A password has {LEAST} to {MOST} characters.", field="new_password")
    own = {email.casefold(), email.casefold().partition("@")[0], name.casefold(), "gaitkeeper"}
    if folded in COMMON or folded in own or len(set(folded)) < 4:
        raise WeakPassword(
            "That password is too easy to guess. Three or four unrelated words are good.", field="new_password"
        )


def hashed(password: str) -> str:
    """Return the argon2id hash of ``password``: 19 MiB, two passes, about 22 ms."""
    with _turn:
        return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Say whether ``password`` is the one that was hashed; None stands for nobody and takes the same time."""
    if len(password) > MOST:
        return False
    with _turn:
        try:
            return _hasher.verify(password_hash or _NOBODY, password)
        except (VerificationError, InvalidHashError):
            return False
