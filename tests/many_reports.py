"""A folder of very many reports, as far as its front page goes: a manifest's records and empty files.

Two reports for each county of today, with texts as long as those of reports; their figures are made up.
"""

import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from plan_monitor.settle import divisions

ENDINGS = (".html", ".ipynb", ".pdf", ".docx", ".xlsx", "-brief.pdf", "-brief.docx")


def folder_of(count: int, folder: Path) -> dict[str, dict[str, Any]]:
    """Records of so many reports by name, whose files are put into a folder; the first update failed."""
    records = dict(islice(_records(), count))
    for name in records:
        for ending in ENDINGS:
            (folder / f"{name}{ending}").touch()
    next(iter(records.values()))["status"] = "failed"
    return records


def _records() -> Iterator[tuple[str, dict[str, Any]]]:
    for county in divisions.today().values():
        if county.level == "county":
            chance = random.Random(county.code)
            for name, told in ((f"plan-{county.code}-zh", _plan), (f"fund-{county.code}-zh", _fund)):
                usual = {"lang": "zh", "region": county.name, "as_of": "2025-12", "edition": "1.0 2026-01-01"}
                usual |= {"synthetic": True, "until": "截止 2025-12 · 最新实绩 2024（别处 2023）", "question": ""}
                about = usual | told(county, chance)
                answer = [about["headline"], "其余各项详见正文。"]
                yield (
                    name,
                    {
                        "about": about | {"answer": answer},
                        "parameters": {"region": county.code, "lang": "zh"},
                        "status": "ok",
                        "published": "2026-11-01T08:00:00+00:00",
                    },
                )


def _plan(county: divisions.Division, chance: random.Random) -> dict[str, Any]:
    slow = chance.randint(0, 5)
    state = chance.choice(("achieved", "on_track", "slow", "lagging"))
    share = chance.uniform(60, 99)
    fact = {"label": "学前教育毛入园率（2024）", "figure": f"{share:.1f} %", "word": "目标 90 %", "state": state}
    return {
        "title": "规划目标监测",
        "document": f"{county.name}发展规划（合成）",
        "domain": "治理与其他规划",
        "rank": 4,
        "headline": f"6 项承诺可判断 {6 - slow // 3} 项（2024 年数）：{slow} 项落后，农民收入每年须增 {share / 9:.1f} %。",
        "facts": [fact, fact],
    }


def _fund(county: divisions.Division, chance: random.Random) -> dict[str, Any]:
    months = chance.uniform(1, 30)
    state = "lost" if months < 6 else ""
    fact = {"label": "居民医保结余可付（2024）", "figure": f"{months:.1f} 个月", "word": "假设线 6 个月", "state": state}
    return {
        "title": "医保基金运行与展望",
        "document": "居民医保",
        "domain": "医疗保障",
        "rank": 2,
        "headline": f"居民医保结余可付 {months:.1f} 个月（2024），能否撑到 2028 年末不能判断。",
        "facts": [fact],
    }
