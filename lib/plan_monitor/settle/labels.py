"""The words of every list of codes: what a bureau writes for a code, and what a message calls it.

They stand in ``labels.csv``. A column's name says which list is meant; where tables use one name for
different lists (``type``, ``level``, ``kind``), the codes allowed there tell them apart. "以上" and "以下"
include the number (Civil Code, article 1259).
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from reportkit.language import tr

# blanks and quotation marks tell no names apart
_UNREAD = re.compile(r"[\s\u200b\ufeff《》〈〉「」『』“”‘’\"'`]")
_BETWEEN = "\0"  # of texts; none holds it, and no form of Unicode is composed across it
_DASHES = re.compile(r"[‐‑‒–—―−~〜]+")


def _read() -> tuple[dict[str, dict[str, tuple[str, str]]], dict[str, dict[str, list[str]]]]:
    labels, synonyms = defaultdict(dict), defaultdict(dict)
    with Path(__file__).with_name("labels.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in row["list"].split():
                labels[name][row["code"]] = row["zh"], row["en"]
                synonyms[name][row["code"]] = row["also"].split()
    return dict(labels), dict(synonyms)


LABELS, SYNONYMS = _read()
"""Labels by list and code, in Chinese and English; and the other words that are accepted for a code."""


def key(text: str) -> str:
    """A name as it is compared: without blanks and quotation marks, full-width forms and capitals.

    >>> key("《某州“十四五”教育规划》（ 2021—2025年 ）"), key("Gross Enrolment　Rate")
    ('某州十四五教育规划(2021-2025年)', 'grossenrolmentrate')
    """
    return _DASHES.sub("-", _UNREAD.sub("", unicodedata.normalize("NFKC", text))).casefold()


@lru_cache
def _codes(field: str) -> dict[str, list[str]]:
    """Codes of a list by every word that means them, in the form of `key`."""
    codes = defaultdict(list)
    for code_, words in LABELS.get(field, {}).items():
        for word in (*words, *SYNONYMS[field][code_]):
            codes[key(word)].append(code_)
    return codes


@lru_cache
def _codes_by_word(field: str, allowed: tuple[str, ...]) -> dict[str, str]:
    """The allowed codes by each word that means exactly one of them."""
    words = {word: [code_ for code_ in codes if code_ in allowed] for word, codes in _codes(field).items()}
    return {word: codes[0] for word, codes in words.items() if len(codes) == 1} | {
        key(code_): code_ for code_ in allowed
    }


def code(field: str, text: str, allowed: Iterable[str]) -> str | None:
    """The code that a text means in a column; None where it means none of those allowed, or more than one.

    Parameters
    ----------
    field : str
        Name of the column.
    text : str
        A code, its Chinese or English label, or another usual word for it, in any width and case.
    allowed : iterable of str
        Codes the column may have.

    >>> code("attribute", "约束性", ["binding", "expected"]), code("comparator", "≥", [">=", "<="])
    ('binding', '>=')
    >>> code("level", "小学", ["nation", "county"]) is None
    True
    """
    return _codes_by_word(field, tuple(allowed)).get(key(text))


def codes(field: str, texts: list[str], allowed: Iterable[str]) -> dict[str, str]:
    """The codes that some texts mean in a column, by the text; without texts for which `code` gives none.

    >>> codes("attribute", ["约束性", "expected", "?"], ["binding", "expected"])
    {'约束性': 'binding', 'expected': 'expected'}
    """
    by_word = _codes_by_word(field, tuple(allowed))
    keys = key(_BETWEEN.join(texts)).split(_BETWEEN)  # at once: there may be a million
    return {text: by_word[word] for text, word in zip(texts, keys, strict=True) if word in by_word}


def listed(field: str, allowed: Iterable[str]) -> dict[str, str]:
    """What a column may have, for a message: labels in Chinese, codes in English.

    >>> listed("attribute", ["binding", "expected"])
    {'zh': '约束性, 预期性', 'en': 'binding, expected'}
    """
    allowed = list(allowed)
    return {"zh": ", ".join(_chinese(field, code_) for code_ in allowed), "en": ", ".join(allowed)}


def shown(field: str, code_: str) -> str:
    """What a code is called in a column: its Chinese label, in English the code itself.

    >>> shown("attribute", "binding")
    '约束性'
    """
    return tr(_chinese(field, code_), code_)


def _chinese(field: str, code_: str) -> str:
    words = LABELS.get(field, {}).get(code_)
    return words[0] if words else code_
