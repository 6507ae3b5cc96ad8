"""Users, their roles, and their sign-ins."""

from clinic.people.accounts.add_user import add_user
from clinic.people.accounts.change_password import change_password, reset_password
from clinic.people.accounts.change_user import change_user
from clinic.people.accounts.disable import disable, enable
from clinic.people.accounts.models import User
from clinic.people.accounts.queries import user, users
from clinic.people.accounts.roles import Role

__all__ = [
    "Role",
    "User",
    "add_user",
    "change_password",
    "change_user",
    "disable",
    "enable",
    "reset_password",
    "user",
    "users",
]
