"""What a PDF or a Word file says of its own structure, for tests to look at."""

import ctypes
import io
import zipfile

import pikepdf
import pypdfium2
from lxml import etree
from pypdfium2 import raw

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


def read_aloud(path):
    """The text of a PDF in the order of its structure tree, as a screen reader reads it."""
    with pypdfium2.PdfDocument(path) as document:
        marked = [_marked(page) for page in document]
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        marks = [*_marks(pdf.Root.StructTreeRoot, None)]
        return "".join(marked[numbers[page.objgen]].get(mark, "") for page, mark in marks)


def _marked(page):
    """The texts of a page by the numbers that its structure tree has for them."""
    letters, texts = page.get_textpage(), {}
    for part in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=5):
        size = raw.FPDFTextObj_GetText(part.raw, letters.raw, None, 0)
        text = ctypes.create_string_buffer(size)
        raw.FPDFTextObj_GetText(
            part.raw, letters.raw, ctypes.cast(text, ctypes.POINTER(ctypes.c_ushort)), size
        )
        mark = raw.FPDFPageObj_GetMarkedContentID(part.raw)
        texts[mark] = texts.get(mark, "") + text.raw[:-2].decode("utf-16-le")
    return texts


def _marks(node, page):
    """The page and number of each piece of text below a node of the tree, in order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _marks(child, page)
    elif isinstance(node, pikepdf.Dictionary):
        page = node.get("/Pg", page)
        if "/MCID" in node:
            yield page, int(node.MCID)
        yield from _marks(node.get("/K"), page)
    elif isinstance(node, int):
        yield page, node


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
