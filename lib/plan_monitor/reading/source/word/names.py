"""Elements and attributes by their names alone: Word has them in two namespaces."""

from lxml import etree


def local(element: etree._Element) -> str:
    """An element's name without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of a name; None where there is none."""
    return None if element is None else next((part for part in element if local(part) == name), None)


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    """All children of a name."""
    return [] if element is None else [part for part in element if local(part) == name]


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute in the element's own namespace; None where there is none."""
    if element is None:
        return None
    return element.get(f"{{{etree.QName(element).namespace}}}{name}")


def is_on(properties: etree._Element | None, name: str) -> bool:
    """Whether a property that can be on or off is present and on."""
    element = child(properties, name)
    return element is not None and value(element) not in ("0", "false", "off", "none")


def integer(element: etree._Element | None, name: str = "val") -> int | None:
    """An attribute that is a whole number; None where there is none."""
    text = value(element, name)
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None
