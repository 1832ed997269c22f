"""A file of tables, of whatever kind, as sheets of text."""

import zipfile
import zlib
from pathlib import Path

from plan_monitor.grid import delimited
from plan_monitor.grid.sheet import Sheet, Unreadable

__all__ = ["Sheet", "Unreadable", "read"]

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {b"%PDF": "PDF", b"{\\rtf": "RTF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG"}


# what reading ends in where parts of a file are missing or garbled
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # of XML
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    StopIteration,
    RuntimeError,
    OSError,
    EOFError,
)


def read(path: Path) -> list[Sheet]:
    """The sheets of a CSV file, an Excel or WPS workbook (.xlsx) or an OpenDocument spreadsheet (.ods).

    What the file is follows from its content, not from its name.

    Parameters
    ----------
    path : Path
        An existing file.

    Returns
    -------
    list of Sheet
        In the order of the file; one for a CSV file.

    Raises
    ------
    Unreadable
        Where the file is none of these, is damaged or protected by a password.
    """
    with path.open("rb") as file:
        start = file.read(2048)
    if start.startswith(b"PK"):
        return _workbook(path)
    if start.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise Unreadable(
                "文件有密码；请去掉密码后另存为 .xlsx",
                "expected a file without a password; save it without one",
            )
        raise Unreadable(
            "是旧格式的文件（.xls 或 .et）；请另存为 .xlsx",
            "expected .xlsx; this is an old format: save as .xlsx",
        )
    for mark, kind in _OTHERS.items():
        if start.startswith(mark):
            raise Unreadable(
                f"应为 CSV、.xlsx 或 .ods 文件，这是 {kind} 文件",
                f"expected a file in CSV, .xlsx or .ods; this is {kind}",
            )
    if start.lstrip(b"\xef\xbb\xbf \r\n\t")[:5].lower() in (b"<html", b"<!doc", b"<?xml", b"<tabl"):
        raise Unreadable(
            "文件是网页或 XML，不是表格文件；请用 Excel 或 WPS 打开后另存为 .xlsx",
            "expected a file in CSV, .xlsx or .ods; this is a web page or XML: open it and save as .xlsx",
        )
    return delimited.read(path)


def _workbook(path: Path) -> list[Sheet]:
    from plan_monitor.grid import excel, opendocument  # with all that reads XML, which no CSV file needs

    damaged = Unreadable(
        "应为 .xlsx 或 .ods 文件，但文件已损坏或不完整",
        "expected a file in .xlsx or .ods; it is damaged or incomplete",
    )
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and b"spreadsheet" in archive.read("mimetype"):
                return opendocument.read(path, archive)
            if "xl/workbook.bin" in names or not any(name.startswith("xl/") for name in names):
                raise Unreadable(
                    "应为 CSV、.xlsx 或 .ods 文件；请用 Excel 或 WPS 另存为 .xlsx",
                    "expected a file in CSV, .xlsx or .ods: save as .xlsx",
                )
            return excel.read(path, archive)
    except Unreadable:
        raise
    except _DAMAGE as error:
        raise damaged from error
