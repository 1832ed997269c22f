"""Indicators that rows name and the catalogue lacks, drafted into it: proposed until somebody confirms.

Unit, direction, bounds, and whether it is a stock or a flow are proposed from the name and the figures. What
these leave open (two units for one name, no unit at all) is refused, and nothing is written.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from plan_monitor.intake import rows
from plan_monitor.settle import defaults, labels
from plan_monitor.settle.names import Names
from plan_monitor.settle.parts import Part, joined
from plan_monitor.settle.quantity import Quantity, Refused, quantity
from reportkit import files
from reportkit.findings import DataError, Finding
from reportkit.language import tr

PROPOSED = ("unit", "direction", "bounds", "nature")
_UNIT = re.compile(r"[（(]([^（()）]{1,8})[)）]$")  # 学前三年毛入园率（%）
# less is better, whatever the figures do
_DOWN = (
    *("死亡", "发病", "贫困发生", "失业", "辍学", "超大班额", "大班额", "能耗", "排放"),
    *("污染", "亏损", "返贫", "流失", "恩格尔", "自付", "个人负担", "差距", "事故"),
    *("违法", "投诉", "空置", "逾期", "不良", "浪费", "PM2.5"),
)
_FALL = ("降低", "下降", "减少", "压减", "降幅", "降低率", "下降率", "减少率")
_NEUTRAL = ("总人口", "常住人口", "户籍人口", "面积")
_GROWTH = ("增长", "增速", "增幅")
_SHARE = ("率", "占比", "比重", "比例", "覆盖", "普及", "达标", "合格")
_ABOVE_100 = ("毛入", "巩固率", "增长", "增速", "比上年", "指数")  # rates that may pass 100 %
_FLOW = (
    *("收入", "产值", "增加值", "生产总值", "GDP", "投资", "产量", "支出", "消费"),
    *("出口", "进口", "新增", "累计", "销售", "利润", "税", "培训", "增长", "增速"),
    *("就诊", "次数", "人次"),
)


class Draft(NamedTuple):
    """A proposed indicator, where it is named, and indicators of the catalogue with similar names."""

    row: dict[str, str]
    file: str
    places: list[int]
    near: list[tuple[str, str]]


def drafts(parts: dict[str, Part]) -> list[Draft]:
    """Propose an indicator for every name in targets and observations that the catalogue does not know.

    Parameters
    ----------
    parts : dict of str to Part
        Settled tables: what is still no id is a name of no indicator.

    Raises
    ------
    DataError
        Where rows of one name have different units, or none has any.
    """
    indicators = joined(parts, "indicators")
    ids = set(indicators["id"].dropna())
    entries = indicators[["id", "name_zh"]].dropna().itertuples(index=False)
    catalogue = Names([(id_, [name]) for id_, name in entries])
    figures = [
        part.frame.assign(file=part.file, row=part.frame.index, table=part.table)
        for part in parts.values()
        if part.table in ("targets", "observations")
    ]
    figures = pd.concat(figures, ignore_index=True)
    unknown = figures[figures["indicator"].notna() & ~figures["indicator"].isin(ids)]
    proposals, findings = [], []
    for key, mentions in unknown.groupby("indicator", sort=False):
        name = str(key)
        units = _units(name, mentions)
        first = mentions.iloc[0]
        if len(units) == 1:
            similar = catalogue.find(name).candidates
            proposals.append(
                Draft(_propose(name, units[0], mentions), first["file"], mentions["row"].tolist(), similar)
            )
            continue
        zh, en = (
            "不知道单位：请写在“单位”列，或写在名称后的括号里",
            "expected a unit, beside it or in brackets",
        )
        if units:
            zh = f"同一指标应为同一单位，实有 {'、'.join(units)}"
            en = f"expected one unit for an indicator, found {', '.join(units)}"
        expected = {"zh": zh, "en": en}
        findings.append(Finding(first["file"], int(first["row"]), "unit", name, expected))
    if findings:
        raise DataError(findings)
    return proposals


def _units(name: str, mentions: pd.DataFrame) -> list[str]:
    """Units that rows state: in their own column, in the cell of the figure, in brackets after the name."""
    units = [*mentions["unit"].dropna(), *(figure.unit for figure in _figures(mentions) if figure.unit)]
    if bracket := _UNIT.search(name):
        units.append(bracket[1])
    return list(dict.fromkeys(units))


def _figures(mentions: pd.DataFrame) -> list[Quantity]:
    quantities = []
    for cell in mentions["value"].dropna():
        with suppress(Refused):  # which `check` reports
            quantities.append(quantity(cell))
    return quantities


def _propose(name: str, unit: str, mentions: pd.DataFrame) -> dict[str, str]:
    numbers = [float(figure.number) for figure in _figures(mentions)]
    lower, upper = _bounds(name, unit, numbers)
    return {
        "id": f"own-{defaults.key(name)}",
        "domain": defaults.domain(name),
        "name_zh": _UNIT.sub("", name),
        "name_en": _UNIT.sub("", name) + defaults.UNTRANSLATED,
        "unit": unit,
        "direction": _direction(name, mentions),
        "lower": lower,
        "upper": upper,
        "nature": _nature(name),
        "aliases": name if _UNIT.search(name) else "",
        "proposed": " ".join(PROPOSED),
    }


def _direction(name: str, mentions: pd.DataFrame) -> str:
    """The direction by the name; else by the signs of promises; else more is better."""
    if _is_fall(name):
        return "up"  # the name says the fall: the more of it, the better
    if any(word in name for word in _DOWN):
        return "down"
    signs = {*mentions["comparator"].dropna(), *(f.comparator for f in _figures(mentions) if f.comparator)}
    signs &= {">=", ">", "<=", "<"}
    if signs and signs <= {"<=", "<"}:
        return "down"
    return "neutral" if any(word in name for word in _NEUTRAL) and not signs else "up"


def _is_fall(name: str) -> bool:
    """Whether a name says a fall, such as 单位GDP能耗降低, alone or as a part: … · 累计."""
    return any(_UNIT.sub("", part).endswith(_FALL) for part in name.split(" · "))


def _bounds(name: str, unit: str, numbers: Iterable[float]) -> tuple[str, str]:
    """The smallest and the largest value that the name allows; wider where figures are outside."""
    numbers = list(numbers)
    growth = any(word in name for word in _GROWTH) or _is_fall(name)
    lower = "" if growth or any(number < 0 for number in numbers) else "0"
    share = (
        unit == "%" and any(word in name for word in _SHARE) and not any(word in name for word in _ABOVE_100)
    )
    return lower, "100" if share and all(number <= 100 for number in numbers) else ""


def _nature(name: str) -> str:
    """Whether a figure is of a moment (stock) or of a period (flow); empty where the name leaves it open."""
    if any(word in name for word in _FLOW) or _is_fall(name):
        return "flow"
    return "stock" if any(word in name for word in (*_SHARE, *_NEUTRAL, "数", "户", "人口")) else ""


def write(path: Path, proposals: list[Draft]) -> None:
    """Append proposed indicators to a package's ``indicators.csv``.

    Raises
    ------
    DataError
        If the file is older than the column that marks them as proposed.
    """
    header = pd.read_csv(path, nrows=0, encoding_errors="replace").columns
    if "proposed" not in header:
        expected = {
            "zh": "应有 proposed 列（标明哪些定义是拟定的）；请在表头加上 aliases,proposed 两列",
            "en": "expected the column proposed, which marks drafted definitions; add aliases,proposed",
        }
        raise DataError([Finding(path.name, 1, "proposed", None, expected)])
    files.write(path, rows.put(path, [draft.row for draft in proposals]))


def confirm(path: Path, proposed: pd.DataFrame) -> None:
    """Clear the mark of some proposed indicators.

    Parameters
    ----------
    path : Path
        A package's ``indicators.csv``.
    proposed : DataFrame
        Their rows; column id.
    """
    files.write(path, rows.put(path, [{"id": id_, "proposed": ""} for id_ in proposed["id"]]))


def summary(proposals: list[Draft], folder: Path) -> list[str]:
    """What was drafted, a line an indicator, and what comes next, in the language that is set.

    Parameters
    ----------
    proposals : list of Draft
    folder : Path
        The package, as its user names it.
    """
    if not proposals:
        return [tr("没有目录中没有的指标", "no indicator that the catalogue lacks")]
    count = len(proposals)
    return [
        tr(f"起草了 {count} 个指标，都标为“拟定”：", f"drafted {count} indicator(s), marked as proposed:"),
        *map(_line, proposals),
        tr(
            f"看过、改过之后，用 plan-monitor adopt {folder} --confirm 确认；只是已有指标的另一种叫法的，"
            "把它写进那个指标的“别名”，删去拟定的一行。",
            f"After a look, confirm them: plan-monitor adopt {folder} --confirm. What is only another name "
            "of an indicator goes into the aliases of that one, and its drafted row is deleted.",
        ),
    ]


def _line(draft: Draft) -> str:
    row, others = draft.row, len(draft.places) - 1
    properties = [labels.shown(field, row[field]) for field in ("direction", "nature") if row[field]]
    properties.insert(0, row["unit"])
    if row["lower"] or row["upper"]:
        properties.append(f"{row['lower'] or '…'}–{row['upper'] or '…'}")
    place = tr(f"{draft.file} 第 {draft.places[0]} 行", f"row {draft.places[0]} of {draft.file}")
    if others:
        place += tr(f"等 {others + 1} 处", f" and {others} more")
    name, similar = row["name_zh"], [name for _, name in draft.near]
    line = tr(f"  {name}：{'，'.join(properties)}（{place}）", f"  {name}: {', '.join(properties)} ({place})")
    if similar:
        line += tr(f"；目录中相近的：{'、'.join(similar)}", f"; near in the catalogue: {', '.join(similar)}")
    return line
