"""Documents that are zip archives: limits on their content, and their parts as XML; nothing is fetched."""

import zipfile
from pathlib import Path, PurePosixPath

from lxml import etree

from plan_monitor.reading.source import refusal

MOST_TEXT = 150_000_000  # bytes that all parts which are read declare; a plan of 100 pages has two million
MOST_CELLS = 800_000_000  # of a workbook, which is read a row at a time
_RATIO = 500  # that an archive of documents does not reach; only what is large is asked
_SMALL = 20_000_000
_MOST_NAMES = 20_000


def part_names(path: Path, limit: int) -> list[str]:
    """Names of the parts of an archive, if what it declares is acceptable.

    Raises
    ------
    Unreadable
        Where it is broken, has a password, a name that leads out of it, or content above the bound in bytes.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise refusal.damaged("docx / xlsx") from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise refusal.locked("docx / xlsx")
    if len(entries) > _MOST_NAMES or any(_leads_out(entry.filename) for entry in entries):
        raise refusal.damaged("docx / xlsx")
    text = [
        entry
        for entry in entries
        if PurePosixPath(entry.filename).suffix.lower() in (".xml", ".rels", ".xhtml")
    ]
    if sum(entry.file_size for entry in text) > limit or any(_bomb(entry) for entry in text):
        raise refusal.too_large(limit, ("文件展开后的内容", "a file with content"))
    return [entry.filename for entry in entries]


def parse(archive: zipfile.ZipFile, part: str) -> etree._Element:
    """The root element of a part. Nothing that it refers to is fetched or inserted.

    Raises
    ------
    Unreadable
        Where it is no XML, or declares entities: no office program writes them.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    with archive.open(part) as file:
        tree = etree.parse(file, parser)
    if tree.docinfo.doctype:
        raise refusal.damaged("docx")
    return tree.getroot()


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]


def _bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > _SMALL and entry.file_size > _RATIO * max(entry.compress_size, 1)
