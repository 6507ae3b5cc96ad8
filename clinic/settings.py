"""What a deployment sets: read from the environment once, checked, and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

FOR_EXAMPLE = "for example postgresql://clinic:password@127.0.0.1/clinic."
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Misconfigured(Exception):
    """The environment cannot be used; the text says which variable, why, and how to mend it."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one deployment; see README for each variable."""

    database_url: str = "sqlite:///clinic.sqlite"
    mail_url: str = ""
    base_url: str = "http://127.0.0.1:8000"
    secret_key: str = ""
    port: int = 8000
    listen: str = "127.0.0.1"
    proxies: int = 0
    demo: bool = False

    @property
    def https(self) -> bool:
        """Whether people reach the clinic over https."""
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        """The host name people type."""
        return urlsplit(self.base_url).hostname or ""


def from_environment(environ: Mapping[str, str], *, demo: bool = False) -> Settings:
    """Read and check the settings. Raises ``Misconfigured`` with one clear sentence."""
    port = _whole_number(environ, "PORT", 8000, 1, 65535)
    return Settings(
        database_url=_database_url(environ.get("CLINIC_DATABASE_URL") or "sqlite:///clinic.sqlite"),
        mail_url=_mail_url(environ.get("CLINIC_MAIL_URL", "")),
        base_url=_base_url(environ.get("CLINIC_BASE_URL") or f"http://127.0.0.1:{port}"),
        secret_key=_secret_key(environ.get("CLINIC_SECRET_KEY", "")),
        port=port,
        listen=environ.get("CLINIC_LISTEN") or "127.0.0.1",
        proxies=_whole_number(environ, "CLINIC_PROXIES", 0, 0, 9),
        demo=demo or environ.get("CLINIC_DEMO") == "1",
    )


def _whole_number(environ: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = environ.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise Misconfigured(f"{name} is {text!r}; it must be a whole number from {least} to {most}.")
    return int(text)


def _database_url(url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise Misconfigured(f"CLINIC_DATABASE_URL must start with sqlite:/// or postgresql://, {FOR_EXAMPLE}")
    if _is_odd(url, with_spaces=not url.startswith("sqlite:")):
        raise Misconfigured(
            f"CLINIC_DATABASE_URL has a space or a line break in it; it must look like this, {FOR_EXAMPLE}"
        )
    if url.startswith("sqlite:"):
        if url.removeprefix("sqlite:///") in {"", ":memory:"}:
            raise Misconfigured("CLINIC_DATABASE_URL names no file; write sqlite:///clinic.sqlite or leave it unset.")
        return url
    _, _, rest = url.partition("://")
    place, _, named = rest.rpartition("@")[2].partition("/")
    if "#" in place + named:
        raise Misconfigured(
            f"CLINIC_DATABASE_URL ends in a # and more, which means nothing here; leave it out, {FOR_EXAMPLE}"
        )
    if not named.partition("?")[0]:
        raise Misconfigured(f"CLINIC_DATABASE_URL names no database; its name comes after the host, {FOR_EXAMPLE}")
    if not _has_good_port(f"//{place}"):
        raise Misconfigured(
            f"CLINIC_DATABASE_URL has a host or a port that cannot be; a port is 1 to 65535, {FOR_EXAMPLE}"
        )
    return url


def _is_odd(url: str, *, with_spaces: bool = True) -> bool:
    """Say whether there are characters in an address that have no place in one."""
    controls = any(ord(character) < 32 or ord(character) == 127 for character in url)
    return controls or url != url.strip() or (with_spaces and any(character.isspace() for character in url))


def _has_good_port(url: str) -> bool:
    try:
        port = urlsplit(url).port
    except ValueError:
        return False
    return port != 0 and not urlsplit(url).netloc.endswith(":")


def _mail_url(url: str) -> str:
    try:
        usable = not url or (urlsplit(url).scheme in {"smtp", "smtps"} and bool(urlsplit(url).hostname))
        urlsplit(url).port  # noqa: B018  a port that is no number raises here
    except ValueError:
        usable = False
    if not usable:
        raise Misconfigured(
            "CLINIC_MAIL_URL must look like smtp://user:password@mail.clinic.example:587 or smtps://…; "
            "leave it unset to keep letters waiting."
        )
    return url


def _base_url(url: str) -> str:
    if _is_odd(url):
        raise Misconfigured("CLINIC_BASE_URL has a space or a line break in it; write it like https://clinic.example.")
    if not _has_good_port(url):
        raise Misconfigured("CLINIC_BASE_URL has a host or a port that cannot be; a port is a number from 1 to 65535.")
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise Misconfigured("CLINIC_BASE_URL holds a name or a password; leave out all that stands before the @.")
    if "#" in url or "?" in url:
        raise Misconfigured("CLINIC_BASE_URL has a ? or a # in it; leave it out, and what follows it.")
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise Misconfigured(
            "CLINIC_BASE_URL must be the address people type, without a path, like https://clinic.example."
        )
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise Misconfigured(
            "CLINIC_BASE_URL uses http. Only this machine itself may; put the clinic behind TLS and use https://."
        )
    return url.rstrip("/")


def _secret_key(key: str) -> str:
    if len(key) < 32:
        raise Misconfigured(
            "CLINIC_SECRET_KEY must be at least 32 characters and kept secret. "
            'Make one with: python3 -c "import secrets; print(secrets.token_hex(32))"'
        )
    return key
