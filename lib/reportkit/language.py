"""The language of a report, set once: every text is given in several, and the one that is set is shown.

A kernel makes one report in one language, so this is a setting of the process. Where a text is not given in
it, English is shown.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

Text = tuple[str, str, *tuple[str, ...]] | Mapping[str, str] | str
"""In Chinese and English, whatever follows, such as a colour; a mapping of codes to texts where there are
more languages; one that is chosen."""

_DEFAULT, _FALLBACK = "zh", "en"
_NAMES = {"zh": "中文", "en": "English"}  # what each calls itself
_current = _DEFAULT


def use(code: str) -> None:
    """Show texts in a language from now on, by its code in ISO 639-1: ``zh``, ``en`` or another."""
    global _current
    _current = code


def current() -> str:
    """Code of the language that is set."""
    return _current


def tag() -> str:
    """The language that is set, as a document names its language (BCP 47)."""
    return "zh-CN" if _current == "zh" else _current


def named() -> str:
    """The language that is set as its speakers call it; the code of one that is not known here."""
    return _NAMES.get(_current, _current)


def of_data() -> str:
    """Which of the two languages of the data's names is shown: ``zh`` or ``en``."""
    return _DEFAULT if _current == _DEFAULT else _FALLBACK


@contextmanager
def using(code: str) -> Iterator[None]:
    """Show texts in a language within a block."""
    before = _current
    use(code)
    try:
        yield
    finally:
        use(before)


def tr(zh: str, en: str, **others: str) -> str:
    """The one of some texts that is in the language that is set: ``tr("目标", "target", fr="objectif")``."""
    return chosen({"zh": zh, "en": en, **others})


def chosen(texts: Text) -> str:
    """The same of texts that stand together, such as those of a heading."""
    if isinstance(texts, str):
        return texts
    if isinstance(texts, Mapping):
        return texts.get(_current, texts[_FALLBACK])
    return texts[0] if _current == _DEFAULT else texts[1]


def word(table: Mapping[str, Text], code: str) -> str:
    """A stored code in words."""
    return chosen(table[code])
