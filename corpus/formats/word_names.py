"""Names of WordprocessingML, and the ways its properties are told: <w:b/> on, <w:b w:val="0"/> off."""

from corpus.formats.packed import Element, whole

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_OFF = frozenset({"0", "false", "off"})


def child(parent: Element | None, name: str) -> Element | None:
    """The first child called `name` (without namespace); None where there is none."""
    return parent.find(W + name) if parent is not None else None


def value(parent: Element | None, name: str) -> str | None:
    """The `w:val` of the child called `name`."""
    found = child(parent, name)
    return found.get(W + "val") if found is not None else None


def number(parent: Element | None, name: str) -> int | None:
    """The same as a number; None where it is none."""
    return whole(value(parent, name))


def switch(parent: Element | None, name: str) -> bool | None:
    """Whether a property is on; None where it is not told."""
    found = child(parent, name)
    return None if found is None else found.get(W + "val") not in _OFF
