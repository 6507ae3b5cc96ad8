"""Who and what Riverside Clinic is made of."""

from dataclasses import dataclass

from clinic.founding import Place
from clinic.people.accounts import Role

Minutes = tuple[int, int]
"""From and until, in minutes after midnight."""

ZONE = "America/New_York"
PLACE = Place(
    clinic_name="Riverside Clinic",
    mailbox="desk@riverside.example",
    location_name="Main Street",
    address="12 Main Street, Suite 4, Durham, NC 27701",
    phone="+1 919 555 0142",
    zone=ZONE,
)
ROOMS = ("Room 1", "Room 2", "Room 3", "Room 4")
DEVICES = (("Treadmill 1", "treadmill"), ("Treadmill 2", "treadmill"), ("Video screen", "video"))

EVALUATION, FOLLOW_UP, GAIT_LAB, MANUAL = "Evaluation", "Follow-up", "Gait lab", "Manual therapy"
TELE, RE_EVALUATION, DISCHARGE = "Tele visit", "Re-evaluation", "Discharge"
ALL_TREAT = (Role.THERAPIST, Role.ASSISTANT)
THERAPISTS = (Role.THERAPIST,)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of appointment: minutes, board color, what it needs for which minutes, and who may perform it."""

    name: str
    purpose: str
    color: str
    length: int
    turnover: int = 0
    needs: tuple[tuple[str, int, int], ...] = ()
    performed_by: tuple[Role, ...] = ALL_TREAT
    patients_may_move: bool = False


KINDS = {
    kind.name: kind
    for kind in (
        Kind(name=FOLLOW_UP, purpose="follow-up", color="follow-up", length=40, patients_may_move=True),
        Kind(
            name=EVALUATION,
            purpose="evaluation",
            color="evaluation",
            length=60,
            needs=(("room", 0, 60),),
            performed_by=THERAPISTS,
        ),
        Kind(
            name=GAIT_LAB,
            purpose="other",
            color="gait",
            length=45,
            turnover=5,
            needs=(("room", 0, 45), ("treadmill", 5, 40)),
        ),
        Kind(name=MANUAL, purpose="follow-up", color="manual", length=30, needs=(("room", 0, 30),)),
        Kind(
            name=TELE,
            purpose="follow-up",
            color="tele",
            length=20,
            needs=(("video", 0, 20),),
            performed_by=THERAPISTS,
            patients_may_move=True,
        ),
        Kind(
            name=RE_EVALUATION,
            purpose="re-evaluation",
            color="evaluation",
            length=40,
            needs=(("room", 0, 40),),
            performed_by=THERAPISTS,
        ),
        Kind(name=DISCHARGE, purpose="discharge", color="follow-up", length=40, performed_by=THERAPISTS),
    )
}
"""In the order in which the desk is offered them. Follow-ups and discharges are on the open floor, in no room."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody who works here; ``weeks`` are the hours of weekdays, 0 Monday, of those who treat."""

    name: str
    email: str
    role: Role
    credentials: str = ""
    license_number: str = ""
    focus: str = ""
    weeks: tuple[tuple[tuple[int, ...], tuple[Minutes, ...]], ...] = ()

    @property
    def spans(self) -> list[tuple[int, int, int]]:
        """The weekly hours as (weekday, from, until)."""
        return [(day, *span) for days, spans in self.weeks for day in days for span in spans]

    def may(self, kind: Kind) -> bool:
        """Whether they may perform this kind."""
        return self.role in kind.performed_by


def _hours(*clock: tuple[int, int]) -> tuple[Minutes, ...]:
    minutes = [hour * 60 + minute for hour, minute in clock]
    return tuple(zip(minutes[::2], minutes[1::2], strict=True))


RECEPTION = Member(name="Kim Alder", email="reception@clinic.example", role=Role.RECEPTION)
MANAGER = Member(name="Max Weller", email="manager@clinic.example", role=Role.MANAGER)
TEAM = (
    Member(
        name="Dana Ruiz",
        email="therapist@clinic.example",
        role=Role.THERAPIST,
        credentials="PT, DPT",
        license_number="P-10482",
        focus="running, low back",
        weeks=(
            ((0, 1, 2, 3), _hours((8, 0), (12, 0), (13, 0), (17, 0))),
            ((4,), _hours((8, 0), (12, 0), (12, 30), (15, 30))),
        ),
    ),
    Member(
        name="Noor Haddad",
        email="noor@clinic.example",
        role=Role.THERAPIST,
        credentials="PT, DPT, OCS",
        license_number="P-11907",
        focus="spine",
        weeks=(((0, 1, 3), _hours((7, 20), (12, 0), (12, 40), (15, 40))),),
    ),
    Member(
        name="Ben Okafor",
        email="ben@clinic.example",
        role=Role.THERAPIST,
        credentials="PT, DPT",
        license_number="P-13350",
        focus="running, gait",
        weeks=(((1, 2, 4), _hours((10, 0), (13, 0), (13, 40), (18, 0))),),
    ),
    Member(
        name="Elena Petrova",
        email="elena@clinic.example",
        role=Role.THERAPIST,
        credentials="PT, MSc",
        license_number="P-09216",
        focus="knee, hip",
        weeks=(((1, 2, 4), _hours((8, 0), (12, 40), (13, 20), (16, 0))),),
    ),
    Member(
        name="Tomás Reyes",
        email="tomas@clinic.example",
        role=Role.THERAPIST,
        credentials="PT, CHT",
        license_number="P-14071",
        focus="shoulder, hand",
        weeks=(((0, 3), _hours((9, 0), (13, 0), (14, 0), (18, 0))), ((4,), _hours((8, 30), (13, 0)))),
    ),
    Member(
        name="Mei Tanaka",
        email="mei@clinic.example",
        role=Role.ASSISTANT,
        credentials="PTA",
        license_number="A-05528",
        weeks=(((1, 3), _hours((8, 0), (11, 40), (12, 40), (15, 40))),),
    ),
)
"""Those who treat, in the order of the board's columns."""
