"""Terms are those of ``glossary.csv``: no wording it advises against, and the same term in both languages."""

import ast
import csv
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
LIBRARY = ROOT / "lib/plan_monitor"
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
CHINESE = re.compile("[\u4e00-\u9fff]")
# what people write, and readers understand, may be any wording
INPUTS = ("settle", "intake", "reading", "grid")


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


GLOSSARY = read(LIBRARY / "glossary.csv")


def written(node):
    """The text of a string or an f-string, {} for what is filled in; None of anything else."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in parts)
    return None


def pairs(source):
    """(zh, en) of a program: strings side by side, in a call, a tuple or a list."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(args=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts):
                texts = [written(part) for part in parts]
                for zh, en in pairwise(texts):
                    if zh and en and CHINESE.search(zh) and not CHINESE.search(en):
                        yield zh, en


@cache  # several tests go through them
def paired():
    """Every (zh, en) that a report may show, with the file it stands in."""
    return [*_paired()]


def _paired():
    for path in LIBRARY.rglob("*.py"):
        if path.relative_to(LIBRARY).parts[0] not in INPUTS:
            for pair in pairs(path.read_text(encoding="utf-8")):
                yield path, *pair
    for path in [*LIBRARY.rglob("words.csv"), *LIBRARY.rglob("states.csv"), *LIBRARY.rglob("labels.csv")]:
        for row in read(path):
            yield path, row["zh"], row["en"]
    for path in NOTEBOOKS:
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                for pair in pairs(cell.source):
                    yield path, *pair


def texts():
    """Every text of one language: (file, language, text)."""
    for path, zh, en in paired():
        yield from ((path, "zh", zh), (path, "en", en))
    for path in NOTEBOOKS:
        for cell in nbformat.read(path, as_version=4).cells:
            for lang in {"lang-zh", "lang-en"} & set(cell.metadata.get("tags", [])):
                yield path, lang.removeprefix("lang-"), cell.source


def shown(found):
    return "\n".join(sorted({f"{path.relative_to(ROOT)}: {term}: {text[:90]}" for path, term, text in found}))


def discouraged(text, lang, glossary=GLOSSARY):
    """Wordings in a text that the glossary advises against."""
    told = " ".join(text.split()).lower()  # a sentence may break its line anywhere
    return [
        wording
        for row in glossary
        for wording in filter(None, row[f"not_{lang}"].split(";"))
        if wording.lower() in told
    ]


def lacking(zh, en, glossary=GLOSSARY):
    """Terms of a Chinese text that the English beside it does not have, in no inflection."""
    strict = [row for row in glossary if row["paired"] == "yes"]
    return [
        row["zh"]
        for row in strict
        if row["zh"] in zh and not any(term in en.lower() for term in row["en"].split(";"))
    ]


def test_the_glossary_is_complete_and_contradicts_itself_nowhere():
    assert 40 <= len(GLOSSARY) <= 60
    assert len({row["zh"] for row in GLOSSARY}) == len(GLOSSARY)
    for row in GLOSSARY:
        assert row["zh"] and row["en"] and row["note"] and row["paired"] in ("yes", "no"), row
        assert not discouraged(row["zh"], "zh") and not discouraged(row["en"], "en"), row


@pytest.mark.slow
def test_no_text_uses_a_wording_that_the_glossary_advises_against():
    found = [(path, wording, text) for path, lang, text in texts() for wording in discouraged(text, lang)]
    assert not found, shown(found)


def test_both_languages_use_the_same_term():
    found = [(path, term, f"{zh} | {en}") for path, zh, en in paired() for term in lacking(zh, en)]
    assert not found, shown(found)


@pytest.mark.parametrize(
    ("zh", "en", "terms"),
    [
        ("累计结余", "Reserve", []),
        ("年末累计结余 {}", "what is left: {}", ["累计结余"]),
        ("各学段的差异系数", "coefficients of the levels", []),
    ],
)
def test_a_pair_is_held_against_the_terms_in_it(zh, en, terms):
    assert lacking(zh, en) == terms


def test_a_discouraged_wording_is_found_across_lines_and_in_capitals():
    assert discouraged("推算和警戒线", "zh") == ["警戒线"]
    assert discouraged("The Spending\n  per head", "en") == ["spending per head"]


def test_what_the_walk_reads():
    """So that it does not pass by reading nothing."""
    assert list(pairs('say(f"共 {n} 项", f"{n} in all")')) == [("共 {} 项", "{} in all")]
    assert list(pairs('NAMES = {"a": ("甲", "a"), "b": 1}')) == [("甲", "a")]
    read_from = {path.name for path, *_ in texts()}
    assert {"fund.ipynb", "verdict.py", "words.csv", "labels.csv", "states.csv"} <= read_from
