"""Files of plain text, in whatever encoding they have."""

import re
from pathlib import Path

from plan_monitor.grid.delimited import decoded
from plan_monitor.reading.source import refusal

_STRANGE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ue000-\uf8ff]")
_MOST_STRANGE = 0.02  # share of characters that no text has


def text(path: Path) -> str:
    """A file's text, without the mark of its encoding at its beginning; each line ends in one character.

    Places in the text are therefore the same as in an editor or in Python.

    Raises
    ------
    Unreadable
        Where it is no text in UTF-8, UTF-16 or GB18030.
    """
    raw = path.read_bytes()
    text = _without_mark(raw) or decoded(raw)
    if text is None or len(_STRANGE.findall(text)) > _MOST_STRANGE * len(text):
        raise refusal.kind(
            "无法识别的文件（不是 UTF-8、UTF-16 或 GB18030 编码的文字）",
            "no text in UTF-8, UTF-16 or GB18030",
        )
    return re.sub("\r\n?", "\n", text)


def _without_mark(raw: bytes) -> str | None:
    """Text in UTF-16 without a mark, recognised by the zero bytes of its ASCII characters; else None."""
    beginning = raw[:2000]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in beginning:
        return None
    for encoding, zeros in (("utf-16-le", beginning[1::2]), ("utf-16-be", beginning[::2])):
        if zeros.count(0) * 10 > len(zeros) * 0.2:
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
    return None
