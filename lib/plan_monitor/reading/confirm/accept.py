"""Accepted figures as drafted rows of a package, or the reasons why they cannot be rows."""

import re
from typing import NamedTuple

import pandas as pd

from plan_monitor.intake.take import Document, Figure
from plan_monitor.reading.confirm.decisions import Decision
from plan_monitor.reading.confirm.naming import HELD, Indicators
from plan_monitor.reading.confirm.times import last_year
from plan_monitor.reading.confirm.units import converted
from plan_monitor.settle import defaults, labels
from plan_monitor.settle.names import Names
from plan_monitor.settle.regions import Regions
from reportkit.findings import Finding

_SUMS = re.compile(
    r"[新改扩迁重续]+建|新增|建成|建设|培[训养]|完成|改造|安排|投入|投资|招[收聘]|引进|实施|创建|发放"
)
_OTHER = {
    "zh": "既不是目标也不是实绩，只记入 readings",
    "en": "neither a target nor an actual: kept in readings only",
}
_NOT_HELD = {
    "zh": "增减量、贡献、差距、位次不是数据包里的目标或实绩，只记入 readings",
    "en": "a change, contribution, gap or rank is no target or actual of a package: kept in readings only",
}


class Accepted(NamedTuple):
    """An accepted figure: its drafted row, or why there is none, or what is wrong with it."""

    decision: Decision
    figure: Figure | None
    left: dict[str, str] | None
    findings: list[Finding]


class Catalogue:
    """The documents, indicators and regions of a package, to which decisions must fit.

    Parameters
    ----------
    tables : dict of str to DataFrame
        The package's tables of these names, settled.
    """

    def __init__(self, tables: dict[str, pd.DataFrame]):
        documents = tables["documents"].reindex(columns=["id", "title_zh"]).dropna().itertuples(index=False)
        self._documents = Names((id_, [title]) for id_, title in documents)
        self.indicators = Indicators(tables["indicators"])
        self._regions = Regions(tables["regions"].to_dict("records"))

    def document(self, decision: Decision) -> tuple[str, str]:
        """Id and title of the document that a figure stands in."""
        title = decision.document.strip("《》")
        id_ = self._documents.find(title, near=False).id
        return (id_, self._documents.shown[id_]) if id_ else (defaults.document_id(title), title)

    def region(self, decision: Decision) -> str:
        """Code of the region of a figure; empty where the package has none of that name."""
        return self._regions.find(decision.region, near=False).id or "" if decision.region else ""

    def regions_like(self, text: str) -> list[tuple[str, str]]:
        """Regions that a name may mean."""
        return self._regions.find(text).candidates if text else []


def draft_document(decision: Decision, title: str) -> Document:
    """The drafted document of a figure; what the file does not say follows from the title."""
    return Document(
        title=title,
        type=decision.type or defaults.kind_of_document(title) or "statistics",
        number=decision.number,
        issuer="",
        issued=decision.issued,
        period=decision.years,
        domain=defaults.domain(title),
    )


def accept(decision: Decision, catalogue: Catalogue) -> Accepted:
    """The row that an accepted figure is to become."""
    if decision.role == "other":
        return Accepted(decision, None, _OTHER, [])
    if decision.kind not in HELD:
        return Accepted(decision, None, _NOT_HELD, [])
    indicator = catalogue.indicators.resolve(
        decision.indicator, decision.kind, decision.period, decision.base_period
    )
    findings = _faults(decision, indicator, catalogue)
    if findings:
        return Accepted(decision, None, None, findings)
    return Accepted(decision, _figure(decision, indicator, catalogue), None, [])


def _faults(decision: Decision, indicator: str, catalogue: Catalogue) -> list[Finding]:
    """Findings about what an accepted figure lacks, or where it does not fit its indicator."""
    findings = []
    if not indicator:
        zh, en = "应写明是什么指标", "expected the indicator, by its id or name"
        findings.append(decision.finding("indicator", "", zh, en))
    if not decision.document:
        zh, en = "应写明文件的标题", "expected the title of the document"
        findings.append(decision.finding("document", "", zh, en))
    if not catalogue.region(decision):
        nearest = catalogue.regions_like(decision.region)
        zh = "应为行政区划或数据包 regions 中的地区"
        en = "expected a region of the divisions, or of the package's regions"
        if nearest:
            zh += "；相近的有：" + "、".join(f"{name}（{code}）" for code, name in nearest)
            en += "; nearest: " + ", ".join(f"{name} ({code})" for code, name in nearest)
        findings.append(decision.finding("region", decision.region, zh, en))
    usual = catalogue.indicators.unit(indicator)
    if not decision.unit and not usual:
        zh, en = "新指标应有单位", "expected the unit of a new indicator"
        findings.append(decision.finding("unit", "", zh, en))
    if usual and not catalogue.indicators.fits(indicator, decision.unit):
        zh, en = f"指标 {indicator} 的单位应为“{usual}”", f"expected the unit of {indicator}: {usual}"
        findings.append(decision.finding("unit", decision.unit, zh, en))
    elif indicator:
        findings += _outside(decision, indicator, catalogue.indicators)
    return findings


def _outside(decision: Decision, indicator: str, indicators: Indicators) -> list[Finding]:
    """A finding about a value outside its indicator's bounds."""
    usual = indicators.unit(indicator)
    value = float(converted(decision.value, decision.unit or usual, usual) if usual else decision.value)
    lower, upper = indicators.bounds(indicator)
    if (lower is not None and value < lower) or (upper is not None and value > upper):
        low, high = ("" if bound is None else f"{bound:.15g}" for bound in (lower, upper))
        zh = f"应在指标的取值范围内：{low} 至 {high}"
        en = f"expected a value within the indicator's bounds: {low} to {high}"
        return [decision.finding("value", decision.value, zh, en)]
    return []


def _figure(decision: Decision, indicator: str, catalogue: Catalogue) -> Figure:
    target = _is_target(decision)
    usual = catalogue.indicators.unit(indicator) or decision.unit
    unit = decision.unit or usual
    value = converted(decision.value, unit, usual)
    kind = _kind(decision, indicator, catalogue.indicators) if target else ""
    attribute = labels.code("attribute", decision.attribute, ("binding", "expected")) or ""
    return Figure(
        table="targets" if target else "observations",
        document=catalogue.document(decision)[1],
        indicator=indicator,
        region=catalogue.region(decision),
        period=decision.period,
        comparator="" if target and decision.comparator == "=" else decision.comparator or "=",
        value=value,
        unit=usual,
        kind=kind,
        attribute=attribute if target else "",
        base_period=_base(decision) if target else "",
        quality="" if target else "B",
        as_printed="" if unit == usual else f"{decision.value} {unit}",
        locator=" · ".join(filter(None, (decision.locator, decision.place))),
        note_zh=decision.note,
        note_en="",
    )


def _is_target(decision: Decision) -> bool:
    """Whether a figure is a target; an investment is one unless its period ends before the plan begins."""
    if decision.role != "investment":
        return decision.role == "target"
    if decision.type and decision.type != "plan" and not decision.years.count("/"):
        return False
    if not decision.period or not decision.years:
        return decision.type in ("", "plan")
    return last_year(decision.period) >= int(decision.years[:4])


def _kind(decision: Decision, indicator: str, indicators: Indicators) -> str:
    """The kind of a target; empty where the package derives it."""
    if decision.kind in ("growth", "growth_annual"):
        return "growth"
    if "/" not in decision.period:
        return ""
    flows = indicators.is_flow(indicator) or decision.role == "investment" or _SUMS.search(decision.indicator)
    return "cumulative" if flows and decision.unit not in ("%", "‰") else "level"


def _base(decision: Decision) -> str:
    """The period that a target counts from: the printed one, else the year before its plan's first."""
    if decision.base_period or not decision.years:
        return decision.base_period
    return str(int(decision.years[:4]) - 1)
