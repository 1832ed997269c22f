"""A folder of very many reports, as far as its front page goes: a manifest's records, and empty files.

Two reports for each county of today, with texts as long as those of real ones; the figures are made up.
"""

import random
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from plan_monitor.settle import divisions
from reportkit.language import tr, using

ENDINGS = (".html", ".ipynb", ".pdf", ".docx", ".xlsx", "-brief.pdf", "-brief.docx")
COUNTIES = [division for division in divisions.today().values() if division.level == "county"]


def folder_of(
    count: int, folder: Path, lang: str = "zh", counties: Sequence[divisions.Division] = COUNTIES
) -> dict[str, dict[str, Any]]:
    """Records by name of the first so many reports, whose files are put into a folder."""
    pairs = ((county, told) for county in counties for told in (_plan, _fund))
    with using(lang):
        records = dict(_record(county, told, lang) for county, told in islice(pairs, count))
    for name in records:
        for ending in ENDINGS:
            (folder / f"{name}{ending}").touch()
    return records


def _record(county: divisions.Division, told, lang: str) -> tuple[str, dict[str, Any]]:
    about = told(county, random.Random(county.code))
    about |= {"lang": lang, "as_of": "2025-12", "edition": "1.0 2026-01-01", "synthetic": True}
    about["region"] = tr(county.name, divisions.english(county))
    about["until"] = tr(
        "截止 2025-12 · 最新实绩 2024（别处 2023）", "up to 2025-12 · newest 2024 (elsewhere 2023)"
    )
    about["answer"] = [about["headline"]]
    record = {"about": about, "parameters": {"region": county.code, "lang": lang}, "status": "ok"}
    name = f"{told.__name__.strip('_')}-{county.code}-{lang}"
    return name, record | {"published": "2026-11-01T08:00:00+00:00"}


def _plan(county: divisions.Division, chance: random.Random) -> dict[str, Any]:
    slow, share = chance.randint(0, 4), f"{chance.uniform(60, 99):.1f} %"
    fact = {
        "label": tr("学前教育毛入园率（2024）", "Gross enrolment in preschool (2024)"),
        "figure": share,
        "word": tr("目标 90 %", "target 90 %"),
        "state": chance.choice(("achieved", "on_track", "slow", "lagging")),
    }
    return {
        "title": tr("规划目标监测", "Monitoring of the targets of a plan"),
        "document": tr(f"{county.name}发展规划", f"Development plan of {divisions.english(county)}"),
        "domain": tr("治理与其他规划", "Governance and other plans"),
        "rank": 4,
        "headline": tr(
            f"6 项承诺可判断 5 项（2024 年数）：{slow} 项落后，学前教育毛入园率 {share}。",
            f"Of 6 promises 5 can be judged (2024): {slow} lag behind, enrolment in preschool is {share}.",
        ),
        "facts": [fact],
    }


def _fund(county: divisions.Division, chance: random.Random) -> dict[str, Any]:
    months = chance.uniform(1, 30)
    lasting = tr(f"{months:.1f} 个月", f"{months:.1f} months")
    fact = {
        "label": tr("居民医保结余可付（2024）", "Reserve of the residents' fund (2024)"),
        "figure": lasting,
        "word": tr("假设线 6 个月", "assumed line 6 months"),
        "state": "lost" if months < 6 else "",
    }
    return {
        "title": tr("医保基金运行与展望", "Medical insurance fund: operation and outlook"),
        "document": tr("居民医保", "Residents' insurance"),
        "domain": tr("医疗保障", "Medical insurance"),
        "rank": 2,
        "headline": tr(
            f"居民医保结余可付 {lasting}（2024），能否撑到 2028 年末不能判断。",
            f"The residents' reserve lasts {lasting} (2024); whether up to the end of 2028 cannot be told.",
        ),
        "facts": [fact],
    }
