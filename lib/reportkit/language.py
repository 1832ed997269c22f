"""The language of a report, set once: every text is given in several languages and shown in that one.

A kernel makes one report in one language, so this is a setting of the process. A text that is not given in
that language is shown in English.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

Text = tuple[str, str, *tuple[str, ...]] | Mapping[str, str] | str
"""A text in Chinese and English (further items, such as a colour, are ignored); a mapping from language codes
to texts where there are more languages; or one text that was chosen already."""

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
    """Tag of the language that is set, as documents declare it (BCP 47)."""
    return "zh-CN" if _current == "zh" else _current


def native_name() -> str:
    """What its speakers call the language that is set: ``中文``; its code if it is not known here."""
    return _NAMES.get(_current, _current)


def of_data() -> str:
    """In which language names from the data are shown, ``zh`` or ``en``: the data have no other."""
    return _DEFAULT if _current == _DEFAULT else _FALLBACK


@contextmanager
def using(code: str) -> Iterator[None]:
    """Show texts in a language within a block."""
    previous = _current
    use(code)
    try:
        yield
    finally:
        use(previous)


def tr(zh: str, en: str, **others: str) -> str:
    """The text in the language that is set: ``tr("目标", "target", fr="objectif")``."""
    return chosen({"zh": zh, "en": en, **others})


def chosen(texts: Text) -> str:
    """As ``tr``, for a text that is kept in all its languages, such as a heading."""
    if isinstance(texts, str):
        return texts
    if isinstance(texts, Mapping):
        return texts.get(_current, texts[_FALLBACK])
    return texts[0] if _current == _DEFAULT else texts[1]


def word(table: Mapping[str, Text], code: str) -> str:
    """The words for a stored code."""
    return chosen(table[code])
