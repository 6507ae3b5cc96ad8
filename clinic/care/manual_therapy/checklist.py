"""How the checklist before manual therapy stands. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from clinic.care.manual_therapy.kinds import COUNTERSTRAIN, THRUST

USES = (COUNTERSTRAIN, THRUST)


class Question(NamedTuple):
    """A question of the checklist; one of an unknown kind or use counts as the stricter."""

    key: str
    label: str
    kind: str
    use: str
    source: str

    @property
    def is_absolute(self) -> bool:
        """Whether a yes means not to treat."""
        return self.kind != "relative"

    def asks_before(self, uses: Iterable[str]) -> bool:
        """Whether it has to be answered before these uses; one that names no single use, before all."""
        return self.use not in USES or self.use in set(uses)


class Answer(NamedTuple):
    """An answer, when it was given, and in which note."""

    answer: str
    at: datetime
    note_id: int


@dataclass(frozen=True)
class Standing:
    """What is answered and what is not; ``answers`` are the latest of the episode, up to this note."""

    questions: Sequence[Question]
    answers: Mapping[str, Answer]
    decided: str

    @property
    def left(self) -> list[Question]:
        """What has to be answered still."""
        return [one for one in self.questions if one.key not in self.answers]

    @property
    def yes(self) -> list[Question]:
        """What was answered with yes."""
        return [one for one in self.questions if one.key in self.answers and self.answers[one.key].answer == "yes"]

    @property
    def stops(self) -> list[Question]:
        """What says not to treat."""
        return [one for one in self.yes if one.is_absolute]

    @property
    def since(self) -> datetime | None:
        """Since when all of it is answered; None while something is left."""
        if self.left or not self.questions:
            return None
        return min(self.answers[one.key].at for one in self.questions)

    @property
    def is_clear(self) -> bool:
        """Whether everything is answered, and with no."""
        return self.since is not None and not self.yes
