"""The first page of the report on all plans: their progress, and the evidence against them."""

from itertools import chain

import pandas as pd

from plan_monitor.data import figures
from plan_monitor.data.package import Package
from plan_monitor.report import codes, responsible
from reportkit import words
from reportkit.brief import Fact
from reportkit.cited import cited
from reportkit.language import Text, tr


def answer(judged: pd.DataFrame) -> str:
    """How many of all promises (``promises.judge``) can be judged, and the most frequent state."""
    rows = judged[judged["role"].eq("promise")]
    total, judged_count = _count(rows), _count(rows[rows["status"].notna()])
    if not rows["status"].notna().any():
        en = f"{total} promises; none has a later figure to judge it by yet."
        return tr(f"{total} 项承诺，都还没有可用的后续实绩。", en)
    state = rows["state"].mode().iloc[0]
    most = _count(rows[rows["state"].eq(state)])
    en = f"{total} promises: {most} {codes.state(state)}; {judged_count} can be judged by published figures."
    return tr(f"{total} 项承诺，{most} 项{codes.state(state)}，有实绩可判断的 {judged_count} 项。", en)


def facts(judged: pd.DataFrame, ranked: pd.DataFrame, findings: pd.DataFrame, package: Package) -> list[Fact]:
    """Facts on all plans together, without zeros.

    `judged` are of ``promises.judge``, `ranked` those that the evidence speaks against (``danger.rank``),
    `findings` the findings against the documents (``consequence.held``).
    """
    rows = judged[judged["role"].eq("promise")]
    has_status, has_unit = rows["status"].notna(), rows["id"].isin(responsible.units(package))
    share = words.figure(100 * has_status.mean(), "%", 0, limits=[0, 100]) if len(rows) else ""
    parts: list[tuple[Text, pd.DataFrame, str, str]] = [
        (("有实绩可判断", "Can be judged"), rows[has_status], tr(f"占 {share}", f"{share} of all"), ""),
        (("实绩或预测显示有风险", "Shown to be at risk"), ranked, "", "lagging"),
        (
            _heading("overdue"),
            rows[rows["state"].eq("overdue")],
            tr("按假设的时滞", "by assumed lags"),
            "",
        ),
        (_heading("awaited"), rows[rows["state"].eq("awaited")], "", ""),
        (("文件写明责任单位", "Responsible unit named"), rows[has_unit], "", ""),
    ]
    result = [
        Fact(label, tr(f"{len(part)} 项", f"{len(part)}"), documents(part), word, state)
        for label, part, word, state in parts
        if len(part)
    ]
    if len(findings):
        document = figures.stored(package)["document"]
        ids = document[[*chain(*findings["rows"], *findings["told_rows"])]].unique()
        remark = tr("更正、说明或澄清", "to correct, explain or clear up")
        result.append(
            Fact(
                ("须由发文机关答复", "For issuers to answer"),
                tr(f"{len(findings)} 处", f"{len(findings)}"),
                ids,
                remark,
            )
        )
    return result


def _heading(state: str) -> Text:
    zh, en = codes.STATES[state]
    return zh, en.capitalize()


def _count(rows: pd.DataFrame) -> str:
    return cited(f"{len(rows)}", documents(rows))


def documents(rows: pd.DataFrame) -> list[str]:
    """The documents that counts of promises rest on: promises are too many to be named one by one."""
    return list(rows["document"].unique())
