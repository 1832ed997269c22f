"""Each page says the same in Chinese and in English: headings, commands, code, links, figures."""

import re
from calendar import month_name
from collections import Counter

import pytest

from pages import CHINESE, ENGLISH, READMES, inline, links, named, tokens

# names that a reader types are in the reader's language
NAMES = {"我的州市": "my-prefecture", "规划": "plan", "草稿": "draft", "污水": "sewage"}
NAMES |= {"存储桶": "bucket", "名称": "name", "版本": "edition"}
PAIRS = [
    READMES,
    *(pair for pair in zip(ENGLISH, CHINESE, strict=True) if pair[0].stem != "reference"),
]  # in English
MONTHS = {name: f" {number} " for number, name in enumerate(month_name) if name}


def sections(path):
    """The parsed parts below each heading, that before the first one included."""
    parts = [[]]
    for token in tokens(path.read_text(encoding="utf-8")):
        if token.type == "heading_open":
            parts.append([])
        parts[-1].append(token)
    return parts


def translated(text):
    for chinese, english in NAMES.items():
        text = text.replace(chinese, english)
    return re.sub(r"\b(zh_CN|zh|en)\b", "LANGUAGE", text.replace("README.zh-CN.md", "README.md"))


def heading(parts):
    return parts[0].tag if parts and parts[0].type == "heading_open" else ""


def code(parts):
    """What each block does, without its comments, captions and titles; of what is printed, only options and figures."""
    shown = []
    for token in parts:
        if token.type == "fence" and token.info == "text":
            shown.append((token.info, re.findall(r"--[\w-]+|\d[\d.]*\d", translated(token.content))))
        elif token.type == "fence":
            lines = [
                re.sub(r"(^|\s)#.*|^:caption:.*|^.+ (?=<\w+>$)", "", line).split()
                for line in translated(token.content).splitlines()
            ]
            shown.append((token.info, [line for line in lines if line]))
    return shown


def figures(parts):
    words = " ".join(token.content for token in inline(parts) if token.type == "text")
    for name, number in MONTHS.items():
        words = words.replace(name, number)
    return Counter(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d)[ ,](?=\d{3}(?!\d))", "", words)))


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=lambda path: named(path))
def test_both_languages_say_the_same(english, chinese):
    assert english.name == chinese.name or (english, chinese) == READMES
    pairs = list(zip(sections(english), sections(chinese), strict=False))
    assert [heading(one) for one in sections(english)] == [heading(one) for one in sections(chinese)]
    for one, other in pairs:
        where = one[1].content if heading(one) else "beginning"
        assert code(one) == code(other), where
        assert list(map(translated, links(one))) == list(map(translated, links(other))), where
        named_one, named_other = (
            {translated(token.content) for token in inline(parts) if token.type == "code_inline"}
            for parts in (one, other)
        )
        assert named_one == named_other, where
        assert figures(one) == figures(other), where


@pytest.mark.parametrize("page", [READMES[1], *CHINESE], ids=named)
def test_chinese_shows_as_it_is_typed(page):
    """A line that ends between two characters shows as a gap, bold that ends with a stop and no space as asterisks."""
    for token in inline(tokens(page.read_text(encoding="utf-8"))):
        assert token.type != "text" or "**" not in token.content, token.content
    wrapped = re.compile(
        r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]\n[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
    )
    for block in tokens(page.read_text(encoding="utf-8")):
        assert block.type != "inline" or not wrapped.search(block.content), wrapped.search(block.content)
