"""A second reader of calendars, written by hand from RFC 5545, so that icalendar is not its own judge."""

import re
from pathlib import Path

GOLDEN = Path(__file__).parents[2] / "golden" / "ics"
NAME = re.compile(r"[A-Z][A-Z0-9-]*")
QUOTED = re.compile(r'"[^"]*"')
IN_UTC = re.compile(r"\d{8}T\d{6}Z")
MOMENTS = {"DTSTAMP", "DTSTART", "DTEND", "CREATED", "LAST-MODIFIED"}
Properties = dict[str, str]


def golden(name: str) -> bytes:
    """Return a file that was read by eye once, and is the measure since."""
    return (GOLDEN / name).read_bytes()


def lines_of(data: bytes) -> list[str]:
    """Return the unfolded lines. Fails unless they end in CRLF, have at most 75 octets and break no character."""
    assert data.endswith(b"\r\n")
    folded = data.removesuffix(b"\r\n").split(b"\r\n")
    assert [line for line in folded if len(line) > 75 or b"\r" in line or b"\n" in line] == []
    for line in folded:
        line.decode("utf-8")
    unfolded = data.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")[:-1]
    assert [line for line in unfolded if any(ord(character) < 32 or ord(character) == 127 for character in line)] == []
    return unfolded


def components(data: bytes) -> list[tuple[str, Properties]]:
    """Return each component's name and properties, a name with its parameters; each property stands once."""
    found: list[tuple[str, Properties]] = []
    open_: list[tuple[str, Properties]] = []
    for line in lines_of(data):
        head, _, value = _split(line)
        if head == "BEGIN":
            open_.append((value, {}))
            found.append(open_[-1])
        elif head == "END":
            assert open_.pop()[0] == value
        else:
            assert NAME.match(head)
            assert head not in open_[-1][1]
            open_[-1][1][head] = value
    assert open_ == []
    return found


def events(data: bytes) -> list[Properties]:
    """Return the properties of each event. Fails unless all moments are in UTC and ``TZID`` stands nowhere."""
    found = [properties for name, properties in components(data) if name == "VEVENT"]
    for properties in found:
        assert {name for name in properties if "TZID" in name} == set()
        assert {name: bool(IN_UTC.fullmatch(properties[name])) for name in MOMENTS} == dict.fromkeys(MOMENTS, True)
    return found


def plain(text: str) -> str:
    """Return a TEXT value without its escapes. Fails for a comma or semicolon that is not escaped."""
    assert re.search(r"(?<!\\)(\\\\)*[,;]", text) is None
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def _split(line: str) -> tuple[str, str, str]:
    """Cut a line at the first colon outside of quotes."""
    hidden = QUOTED.sub(lambda found: "_" * len(found[0]), line)
    assert ":" in hidden
    assert '"' not in hidden.split(":")[0]
    cut = hidden.index(":")
    return line[:cut], ":", line[cut + 1 :]
