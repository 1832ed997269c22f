"""A made-up country for measuring: every county of today's division codes, with nothing real but its name.

Each county has a plan of its own with six targets, their figures of four years, 12 schools and the fund of its
residents' insurance. All documents are of the type synthetic, so that every report says so. The same counties
always have the same figures. ``python tests/benchmarks/synthetic/made_up.py FOLDER`` writes the package.
"""

import csv
import random
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from plan_monitor.data import starter
from plan_monitor.settle import divisions

ROOT = Path(__file__).parents[3]
SEED = 20260101
YEARBOOKS = ("2022", "2023", "2024")
BASE, FIRST, DUE = "2020", "2021", "2025"
MADE_UP = ("合成数据，不反映任何真实地区的情况", "Synthetic: describes no real place")
# indicator, unit, kind, typical value at the base, what is promised beyond it
TARGETS = (
    ("preschool-gross-enrolment-rate", "%", "level", 84, 6),
    ("compulsory-retention-rate", "%", "floor", 95, 2),
    ("senior-secondary-gross-enrolment-rate", "%", "level", 86, 5),
    ("rural-tap-water-coverage", "%", "level", 82, 9),
    ("scientific-literacy-rate", "%", "level", 8, 4),
    ("rural-disposable-income", "元", "level", 14000, 6000),
)
# name, type, whether in town, pupils by level
SCHOOLS = (
    *(("第一小学", "primary", True, {"primary": 1500}), ("第二小学", "primary", True, {"primary": 1100})),
    *(("第三小学", "primary", True, {"primary": 800}), ("东乡中心小学", "primary", False, {"primary": 450})),
    *(("西乡中心小学", "primary", False, {"primary": 380}), ("南乡完小", "primary", False, {"primary": 200})),
    *(
        ("北乡完小", "primary", False, {"primary": 120}),
        ("山后教学点", "teaching-point", False, {"primary": 25}),
    ),
    *(("第一中学", "junior", True, {"junior": 1300}), ("第二中学", "junior", True, {"junior": 900})),
    *(("东乡中学", "junior", False, {"junior": 500}),),
    *(("新区九年制学校", "nine-year", True, {"primary": 600, "junior": 400}),),
)
_SCHOOL = runpy.run_path(str(ROOT / "data/samples/generate_schools.py"))


def counties() -> list[divisions.Division]:
    """The counties of today, in the order of their codes."""
    return [division for division in divisions.today().values() if division.level == "county"]


def write(folder: Path) -> None:
    """Write the package, which must not be there yet."""
    starter.write(folder, ROOT / "data")
    (folder / starter.WORKBOOK).unlink()  # it is for typing
    path = folder / starter.DESCRIPTOR
    described = yaml.safe_load(path.read_text(encoding="utf-8"))
    described |= {
        "title": "合成的国家",
        "created": "2026-01-01T00:00:00Z",
    }  # the day would be another edition
    path.write_text(yaml.safe_dump(described, allow_unicode=True, sort_keys=False), encoding="utf-8")
    tables = {"documents": [_yearbook(year) for year in YEARBOOKS]}
    tables["regions"] = [
        divisions.region(unit) for unit in divisions.today().values() if unit.level != "nation"
    ]
    for county in counties():
        chance = random.Random(f"{SEED} {county.code}")
        tables["documents"].append(_plan(county))
        for table, rows in (
            *(("targets", _targets(chance, county)), ("schools", _schools(chance, county))),
            ("fund", _fund(chance, county)),
        ):
            tables.setdefault(table, []).extend(rows)
    tables["observations"] = [figure for target in tables["targets"] for figure in target.pop("figures")]
    for table, rows in tables.items():
        _append(folder / f"{table}.csv", rows)


def _append(path: Path, rows: list[dict]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, header, restval="").writerows(rows)


def _document(code: str, title: str, title_en: str, period: str) -> dict:
    told = {"title_zh": f"{title}（合成）", "title_en": f"{title_en} (synthetic)", "period": period}
    notes = dict(zip(("note_zh", "note_en"), MADE_UP, strict=True))
    return {"id": code, "type": "synthetic", **told, "issued": "2021-06-30", "domain": "education", **notes}


def _yearbook(year: str) -> dict:
    return _document(f"yearbook-{year}", f"{year} 年县域统计", f"Statistics of counties {year}", year)


def _plan(county: divisions.Division) -> dict:
    english = f"Development plan of {divisions.english(county)}"
    return _document(f"plan-{county.code}", f"{county.name}发展规划", english, f"{FIRST}/{DUE}")


def _targets(chance: random.Random, county: divisions.Division) -> Iterator[dict]:
    """Targets, each with its figures: that of the plan at its base, later ones of the yearbooks."""
    for number, (indicator, unit, kind, typical, promised) in enumerate(TARGETS, start=1):
        digits, most = (0, float("inf")) if unit == "元" else (1, 100)
        base = round(min(typical * chance.gauss(1, 0.06), most - 2), digits or None)
        aim = round(min(base + promised * chance.uniform(0.6, 1.3), most), digits or None)
        if kind == "floor":
            aim = round(base - 0.5, 1)  # to be kept
        pace = chance.uniform(0.3, 1.4) * (aim - base) / (int(DUE) - int(BASE))
        row = {"indicator": indicator, "region": county.code, "unit": unit, "reading": "printed"}
        place = {
            "locator": f"第二章 · 表1 · 第{number}行",
            **dict(zip(("note_zh", "note_en"), MADE_UP, strict=True)),
        }
        figures = []
        for year in (BASE, *YEARBOOKS):
            value = base + pace * (int(year) - int(BASE)) + (year != BASE) * chance.gauss(0, abs(pace) / 4)
            document = _plan(county)["id"] if year == BASE else f"yearbook-{year}"
            told = {"id": f"figure-{county.code}-{number}-{year}", "document": document, "period": year}
            told |= {"comparator": "=", "value": round(min(value, most), digits or None), "quality": "A"}
            figures.append(row | told | place)
        told = {"id": f"target-{county.code}-{number}", "document": _plan(county)["id"], "period": DUE}
        told |= {"comparator": ">=", "value": aim, "kind": kind, "attribute": "expected", "base_period": BASE}
        yield row | told | place | {"figures": figures}


def _schools(chance: random.Random, county: divisions.Division) -> Iterator[dict]:
    """A row a school; of the one with two levels, a row a level and one of what they share."""
    larger = chance.uniform(0.5, 1.6)
    for number, (name, kind, town, typical) in enumerate(SCHOOLS, start=1):
        pupils = {
            level: max(8, round(count * larger * chance.gauss(1, 0.1))) for level, count in typical.items()
        }
        small = kind == "teaching-point"
        levels = [_SCHOOL["level_row"](chance, level, count, town, small) for level, count in pupils.items()]
        shared = _SCHOOL["spaces"](chance, pupils, town)
        shared |= _SCHOOL["special_rooms"](chance, sum(row["classes"] for row in levels), town)
        identity = {"region": county.code, "period": "2024", "document": "yearbook-2024", "type": kind}
        identity |= {"code": f"{county.code}{number:02d}", "name_zh": f"{county.brief}{name}"}
        if len(levels) == 1:
            yield identity | levels[0] | shared
        else:
            yield from (identity | row for row in levels)
            yield identity | {"level": "whole"} | shared


def _fund(chance: random.Random, county: divisions.Division) -> Iterator[dict]:
    """The residents' fund of three years; amounts in 万元."""
    people = round(chance.lognormvariate(12.5, 0.7))
    a_head, spent, balance = 960.0, 960 * chance.gauss(0.96, 0.05), people * 0.06 * chance.uniform(0.2, 1)
    for year in YEARBOOKS:
        income, expenditure = people * a_head / 1e4, people * spent / 1e4
        balance += income - expenditure
        row = {"id": f"fund-{county.code}-{year}", "document": f"yearbook-{year}", "scheme": "residents"}
        row |= {"region": county.code, "period": year, "basis": "final", "maternity": "no", "unit": "万元"}
        row |= {
            "enrollees": round(people / 1e4, 2),
            "income": round(income),
            "expenditure": round(expenditure),
        }
        yield row | {"balance": max(0, round(balance)), "quality": "A", "locator": "表2"}
        a_head, spent = a_head * chance.gauss(1.05, 0.02), spent * chance.gauss(1.06, 0.03)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
