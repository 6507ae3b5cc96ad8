"""Chapter two: who comes here, and how to reach them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from clinic.demo.story.names import CALLED, DESK_NOTES, FAMILIES, PEOPLE
from clinic.people.patients.names import fold

AREA_CODES = (919, 984, 336)
LINES = 100
WRONG_MAILBOX = "@exmaple.example"
"""A mistyped domain: the mail server refuses it."""
MORNINGS, AFTERNOONS = (480, 720), (780, 1080)


@dataclass(kw_only=True)
class Person:
    """Somebody as the desk writes them down at the first call; ``id`` once they are in the register."""

    name: str
    called: str = ""
    born_on: date | None
    phone: str
    email: str
    channel: str = ""
    wished_days: list[int] = field(default_factory=list)
    wished_from: int | None = None
    wished_until: int | None = None
    desk_note: str = ""
    id: int = 0

    @property
    def gets_letters(self) -> bool:
        """Whether the clinic writes to them."""
        return bool(self.email) and self.channel in ("", "email")


def people(dice: Random, *, today: date, count: int) -> list[Person]:
    """Return the cast of patients, families among them, in the order in which they call."""
    households = [list(family) for family in FAMILIES]
    households += [[name.strip()] for name in PEOPLE.replace("\n", " ").split(",")]
    dice.shuffle(households)
    lines = _lines(dice)
    found = [person for names in households for person in _household(names, next(lines), dice, today=today)]
    wrong = next(person for person in found[: count // 3] if person.gets_letters)
    wrong.email = wrong.email.partition("@")[0] + WRONG_MAILBOX
    return found[:count]


def _household(names: list[str], phone: str, dice: Random, *, today: date) -> Iterator[Person]:
    shared = _mailbox(names[0], dice) if dice.random() < 0.88 else ""
    for name in names:
        first, _, _ = name.partition(" ")
        called = next((short for long, short in CALLED.items() if name.startswith(long)), "")
        wishes = dice.random()
        yield Person(
            name=name,
            called="" if called == first else called,
            born_on=_birth_date(dice, today) if dice.random() < 0.94 else None,
            phone=phone,
            email=shared,
            channel="phone" if shared and dice.random() < 0.08 else "",
            wished_days=sorted(dice.sample(range(5), dice.choice((1, 2, 2, 3)))) if wishes < 0.25 else [],
            wished_from=MORNINGS[0] if wishes < 0.1 else AFTERNOONS[0] if wishes < 0.3 else None,
            wished_until=MORNINGS[1] if wishes < 0.1 else None,
            desk_note=dice.choice(DESK_NOTES) if dice.random() < 0.12 else "",
        )


def _lines(dice: Random) -> Iterator[str]:
    numbers = [f"+1{area}55501{line:02d}" for area in AREA_CODES for line in range(LINES) if line != 42]
    dice.shuffle(numbers)
    return iter(numbers)


def _mailbox(name: str, dice: Random) -> str:
    words = fold(name).split()
    if not "".join(words).isascii():
        words = fold(next((short for long, short in CALLED.items() if name.startswith(long)), "patient")).split()
    forms = (".".join(words), f"{words[0][0]}.{words[-1]}", f"{words[-1]}.{words[0]}")
    return f"{dice.choice(forms)}@mail.example"


def _birth_date(dice: Random, today: date) -> date:
    years = dice.triangular(14, 86, 44)
    return today - timedelta(days=int(years * 365.25))
