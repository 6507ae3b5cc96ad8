"""The register of patients: listing this folder lists what can be done to one."""

from clinic.people.patients.birth_dates import read_birth_date
from clinic.people.patients.change import change
from clinic.people.patients.contact import normal_email, normal_phone, shown_phone
from clinic.people.patients.deactivate import deactivate
from clinic.people.patients.found import Found
from clinic.people.patients.home_link import home_link_of, make_home_link, revoke_home_link, unlock_home_link
from clinic.people.patients.home_models import HomeLink
from clinic.people.patients.mark_deceased import mark_deceased, unmark_deceased
from clinic.people.patients.models import Patient
from clinic.people.patients.note_birth_date import note_birth_date
from clinic.people.patients.queries import newest, patient
from clinic.people.patients.reactivate import reactivate
from clinic.people.patients.register import register
from clinic.people.patients.resembling import Resemblance, resembling
from clinic.people.patients.search import search
from clinic.people.patients.the_row import ChangedBySomebody, NoSuchPatient

__all__ = [
    "ChangedBySomebody",
    "Found",
    "HomeLink",
    "NoSuchPatient",
    "Patient",
    "Resemblance",
    "change",
    "deactivate",
    "home_link_of",
    "make_home_link",
    "mark_deceased",
    "newest",
    "normal_email",
    "normal_phone",
    "note_birth_date",
    "patient",
    "reactivate",
    "read_birth_date",
    "register",
    "resembling",
    "revoke_home_link",
    "search",
    "shown_phone",
    "unlock_home_link",
    "unmark_deceased",
]
