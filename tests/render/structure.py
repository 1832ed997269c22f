"""What a PDF or a Word file says of its own structure, for tests to look at."""

import io
import zipfile

import pikepdf
from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def elements(pdf):
    """The elements of a PDF's structure tree in the order of reading, each as its tag and itself."""
    return [*elements_of(pdf.Root.StructTreeRoot.K)]


def elements_of(node):
    """The same of a part of the tree, which is the first of them if it is an element."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements_of(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)[1:], node
        yield from elements_of(node.get("/K"))


def attribute(element, name):
    """An attribute of an element, of whichever owner, as a text; None where it has none."""
    given = element.get("/A", [])
    owners = [given] if isinstance(given, pikepdf.Dictionary) else given
    return next((str(owner[name]) for owner in owners if name in owner), None)


def looks(word):
    """What runs and paragraphs of a Word document say of their own looks, and which of it fonts."""
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    said, fonts = set(), set()
    for properties in root.iter(f"{_W}rPr", f"{_W}pPr"):
        said |= {child.tag.removeprefix(_W) for child in properties}
        for font in properties.iter(f"{_W}rFonts"):
            fonts |= {name.removeprefix(_W) for name in font.attrib}
    return said, fonts
