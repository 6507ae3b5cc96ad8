"""What the browser is given: nothing drifted, nothing missing, nothing fetched from elsewhere."""

import hashlib
import json
import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]
STATIC = PROJECT / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = PROJECT / "templates"

TOKENS = re.compile(r"/\* tokens \*/.*?/\* end of tokens \*/", re.DOTALL)
NAMED_COLOR = r":[^;{]*\b(?:white|black|red|gr[ae]y|green|blue)\b"
RAW_COLOR = re.compile(rf"#[0-9a-f]{{3,8}}\b(?=[^{{}}]*;)|\b(?:rgb|hsl|oklch)a?\(|{NAMED_COLOR}", re.IGNORECASE)
COMMENT = re.compile(r"/\*(?! (?:tokens|end of tokens) \*/).*?\*/", re.DOTALL)
TONES = {"ok", "warn", "bad", "info", "brand", "coming", "quiet"}
ICON_USES = (
    re.compile(r"icon\(\s*'([a-z0-9-]+)'"),
    re.compile(r"icons\.svg#([a-z0-9-]+)"),
    re.compile(r"icon_name\s*=\s*'([a-z0-9-]+)'"),
    re.compile(r"\b(?:chip|state|counter)\((?:[^()]|\([^()]*\))*,\s*'([a-z0-9-]+)'\s*\)"),
)


def sprite_icons() -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', (VENDOR / "icons.svg").read_text()))


def styles() -> str:
    return COMMENT.sub("", (STATIC / "clinic.css").read_text())


def test_every_vendored_file_has_its_recorded_hash():
    recorded = json.loads((VENDOR / "vendor.json").read_text())["sha256"]

    found = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in VENDOR.iterdir() if f.name != "vendor.json"}

    assert found == recorded


def test_the_vendored_versions_are_the_pinned_ones():
    pinned = json.loads((PROJECT / "package.json").read_text())["dependencies"]
    locked = json.loads((PROJECT / "package-lock.json").read_text())["packages"]

    assert json.loads((VENDOR / "vendor.json").read_text())["packages"] == pinned
    assert {name: locked[f"node_modules/{name}"]["version"] for name in pinned} == pinned
    assert pinned["htmx.org"] == "2.0.11"


def test_the_lock_names_no_host():
    assert "://" not in (PROJECT / "package-lock.json").read_text()


def test_every_icon_that_a_template_uses_is_in_the_sprite():
    text = "\n".join(t.read_text() for t in TEMPLATES.rglob("*.html"))

    used = {name for pattern in ICON_USES for name in pattern.findall(text)}

    assert used - sprite_icons() - TONES == set()


def test_the_styles_name_no_raw_color_outside_the_tokens():
    assert TOKENS.search(styles())
    assert RAW_COLOR.findall(TOKENS.sub("", styles())) == []


def test_dark_is_the_same_by_device_and_by_choice():
    css = styles()
    by_device = re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\n  \}', css, re.DOTALL)
    by_choice = re.search(r':root\[data-theme="dark"\] \{(.*?)\n\}', css, re.DOTALL)

    assert by_device
    assert by_choice
    assert by_device[1].split() == by_choice[1].split()


def test_every_custom_property_is_defined():
    css = (STATIC / "clinic.css").read_text() + (STATIC / "board-grid.css").read_text()

    used = set(re.findall(r"var\((--[a-z0-9-]+)\)", css))

    assert used - set(re.findall(r"(--[a-z0-9-]+):", css)) == set()


def test_nothing_is_fetched_from_elsewhere():
    ours = [*STATIC.glob("*.css"), *STATIC.glob("*.js"), *STATIC.glob("js/*.js"), *TEMPLATES.glob("*.html")]

    assert [f.name for f in ours if "://" in f.read_text().replace("http://www.w3.org/2000/svg", "")] == []


def test_the_shell_carries_no_inline_script_or_style():
    shells = [*TEMPLATES.glob("*.html"), *TEMPLATES.glob("errors/*.html")]
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", re.IGNORECASE)

    assert [t.name for t in shells if inline.search(t.read_text())] == []
