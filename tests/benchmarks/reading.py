"""How fast documents are read and how well: ``python tests/benchmarks/reading.py [FOLDER]``.

Speed and memory on made-up text of 60 000, 120 000 and 240 000 characters; the limits that were set are 3 s, growing
in a straight line, and 300 MB. A folder may hold texts (``NAME.txt``) with their figures coded (``figures*.csv``: doc,
num_start, value, unit, period, comparator; ``decoys*.csv``: doc, char_start, text) and in ``years.json`` the year that
each looks back on, or that and the last it plans: then the scores by document, and how often each rule fires.
"""

import csv
import json
import random
import re
import resource
import sys
import time
from collections import Counter
from pathlib import Path

import pandas as pd

from plan_monitor.reading import draft, fired, passages
from plan_monitor.reading.passages import Passage

THINGS = [
    "小学",
    "初中",
    "普通高中",
    "职业学校",
    "幼儿园",
    "卫生院",
    "合作社",
    "示范村",
    "文化站",
    "养老机构",
]
MEASURES = ["在校生", "教职工", "校舍面积", "年收入", "床位", "藏书", "投资额", "服务人次"]
UNITS = ["万人", "人", "万平方米", "亿元", "张", "万册", "万元", "万人次"]
SENTENCES = [
    "到{year}年，{thing}{measure}达到{value}{unit}以上，比{base}年增加{small}{unit}。",
    "全年{thing}{measure}{value}{unit}，同比增长{percent}%，其中城区{small}{unit}、农村{small}{unit}。",
    "{thing}、{thing}分别新建{count}所、{count}所，总投资{value}亿元。",
    "{thing}巩固率由{base}年的{percent}%提高到{year}年的{percent}%，辍学率控制在{small}%以内。",
    "依据某政发〔{base}〕{count}号文件，{base}年3月1日前完成{count}个项目，覆盖率不低于{percent}%。",
    "各级各部门要进一步提高认识，加强领导，完善机制，确保各项任务落到实处、取得实效。",
]
SIZES = (60_000, 120_000, 240_000)
REACH = 40  # characters that a drafted figure may stand away from the coded one


def made_up(size: int, seed: int = 1) -> str:
    """Text as plans and bulletins have it: headings, paragraphs, tables with cells by TAB."""
    draw = random.Random(seed)
    lines, length = ["某县教育发展规划（2021—2025年）"], 0
    while length < size:
        kind = draw.random()
        if kind < 0.1:
            line = f"（{draw.choice('一二三四五六')}）{draw.choice(THINGS)}发展目标"
        elif kind < 0.2:
            line = "指标\t单位\t2020年\t2025年\n" + "\n".join(
                f"{draw.choice(THINGS)}{draw.choice(MEASURES)}\t{draw.choice(UNITS)}\t{draw.randint(1, 99)}\t≥{draw.randint(100, 999)}"
                for _ in range(6)
            )
        else:
            line = "".join(sentence(draw) for _ in range(draw.randint(2, 6)))
        lines.append(line)
        length += len(line) + 1
    return "\n".join(lines)[:size]


def sentence(draw: random.Random) -> str:
    """One of the sentences, each of its places filled anew."""
    ways = {
        "year": lambda: draw.randint(2021, 2025),
        "base": lambda: draw.randint(2015, 2020),
        "thing": lambda: draw.choice(THINGS),
        "measure": lambda: draw.choice(MEASURES),
        "unit": lambda: draw.choice(UNITS),
        "value": lambda: f"{draw.uniform(10, 5000):.1f}",
        "small": lambda: f"{draw.uniform(1, 10):.1f}",
        "percent": lambda: f"{draw.uniform(1, 99):.1f}",
        "count": lambda: draw.randint(2, 60),
    }
    return re.sub(r"\{(\w+)\}", lambda match: str(ways[match[1]]()), draw.choice(SENTENCES))


def speed() -> None:
    """Print seconds by size, and the peak of memory."""
    for size in SIZES:
        text = made_up(size)
        start = time.perf_counter()
        rows = draft.read(passages.read(text), year=2020)
        print(f"{size:>7} characters {time.perf_counter() - start:5.2f} s {len(rows):>6} figures")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def plain(unit: str) -> str:
    unit = re.sub(r"[（(].*?[)）]", "", unit or "").replace("％", "%").replace("个百分点", "百分点")
    unit = re.sub("[余多](?=名)|多(?=元)", "", unit).replace("名", "人")
    return "万人" if unit == "万" else unit


def same_unit(one: str, other: str) -> bool:
    """The same, people as 人 or 名; with or without what it is by (元/人) or of (个县)."""
    short, long = sorted(map(plain, (one, other)), key=len)
    return short == long or bool(short and long.startswith(short) and long[len(short)] in "/县工")


def same_period(one: str, other: str) -> bool:
    """The same, or of the same end: a flow's span and its last year are told alike."""
    last = [re.split(r"[-/]", period)[-1] for period in (one, other)]
    return one == other or (bool(one and other) and last[0] == last[1])


def score(drafted: list[dict], coded: list[dict], decoys: list[dict]) -> Counter:
    """How many figures are right, each drafted one counted once; decoys that were drafted."""
    count, free = Counter(coded=len(coded), drafted=len(drafted)), dict(enumerate(drafted))
    for figure in sorted(coded, key=lambda figure: int(figure["num_start"])):
        value = abs(float(figure["value"].replace(",", "")))
        near = [
            (same_unit(row["unit"], figure["unit"]), -abs(row["start"] - int(figure["num_start"])), at)
            for at, row in free.items()
            if abs(float(row["value"])) == value and abs(row["start"] - int(figure["num_start"])) <= REACH
        ]
        if near:
            unit, _, at = max(near)
            row = free.pop(at)
            right = same_period(row["period"], figure["period"]) and row["comparator"] == figure["comparator"]
            count += Counter({"value and unit": unit, "all four": unit and right})
    places = {row["start"] for row in free.values()}
    spans = [range(int(one["char_start"]), int(one["char_start"]) + len(one["text"])) for one in decoys]
    count["decoys"] = sum(not places.isdisjoint(span) for span in spans)
    return count


def coded_rows(folder: Path, pattern: str) -> list[dict]:
    rows = []
    for path in sorted(folder.glob(pattern)):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows += csv.DictReader(file)
    return rows


def scores(folder: Path) -> None:
    """Print the scores by document, and how often each rule fires in all texts."""
    figures, decoys = coded_rows(folder, "figures*.csv"), coded_rows(folder, "decoys*.csv")
    path = folder / "years.json"
    years = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    fires, total = Counter({(group, each.name): 0 for group, each in fired.rules()}), Counter()
    for path in sorted(folder.glob("*.txt")):
        given = years.get(path.stem)
        year, until = given if isinstance(given, list) else (given, None)
        parts = passages.read(path.read_text(encoding="utf-8"))
        for part in parts:
            fires.update(fired.fired(part.text) if isinstance(part, Passage) else ())
        coded = [row for row in figures if row["doc"] == path.stem]
        if coded:
            rows = draft.read(parts, year=year, until=until).to_dict("records")
            count = score(rows, coded, [row for row in decoys if row["doc"] == path.stem])
            total += count
            print(path.stem, dict(count))
    if total:
        coded, drafted = total["coded"], max(total["drafted"], 1)
        print(
            f"value and unit: recall {total['value and unit'] / coded:.3f}, precision {total['value and unit'] / drafted:.3f};"
            f" all four {total['all four'] / coded:.3f}; decoys {total['decoys']}"
        )
    table = pd.DataFrame(
        [(*key, number) for key, number in fires.items()], columns=["group", "rule", "fires"]
    )
    print(table.sort_values(["group", "fires"], ascending=[True, False]).to_string(index=False))


if __name__ == "__main__":
    speed()
    if len(sys.argv) > 1:
        scores(Path(sys.argv[1]))
