"""Who may open which door: one table."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody does here; a user holds any set of these."""

    RECEPTION = "reception"
    THERAPIST = "therapist"
    ASSISTANT = "assistant"
    STUDENT = "student"
    MANAGER = "manager"


DOORS: dict[str, frozenset[Role]] = {
    "desk": frozenset({Role.RECEPTION, Role.MANAGER, Role.THERAPIST}),
    "treatment": frozenset({Role.THERAPIST, Role.ASSISTANT, Role.STUDENT}),
    "office": frozenset({Role.MANAGER}),
}
TREATING = DOORS["treatment"]


def may_open(door: str, roles: frozenset[Role]) -> bool:
    """Say whether somebody with ``roles`` may open ``door``."""
    return bool(DOORS[door] & roles)


def own_door(roles: frozenset[Role]) -> str:
    """Return the path where a sign-in lands."""
    if Role.RECEPTION in roles:
        return "/desk/"
    if roles & TREATING:
        return "/treatment/"
    return "/office/" if Role.MANAGER in roles else "/account"
