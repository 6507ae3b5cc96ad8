"""Send a form back as a browser would: every field with what the page shows."""

from typing import Any
from xml.etree.ElementTree import Element

import html5lib


def filled(html: str, *, having: str) -> dict[str, Any]:
    """Return the fields of the form that has the attribute or the action ``having``, each name with its values."""
    document = html5lib.parse(html, namespaceHTMLElements=False)
    form = next(form for form in document.iter("form") if having in (*form.attrib, form.get("action")))
    found: dict[str, list[str]] = {}
    for field in form.iter():
        name = field.get("name")
        for value in values_of(field) if name else ():
            found.setdefault(str(name), []).append(value)
    return dict(found)


def values_of(field: Element) -> list[str]:
    """Return what a browser sends of a field as the page shows it."""
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [option for option in options if "selected" in option.attrib] or options[:1]
        return [option.get("value", "") for option in chosen]
    if field.tag == "textarea":
        return ["".join(field.itertext())]
    if field.tag != "input" or field.get("type") == "submit":
        return []
    if field.get("type") in ("checkbox", "radio") and "checked" not in field.attrib:
        return []
    return [field.get("value", "")]
