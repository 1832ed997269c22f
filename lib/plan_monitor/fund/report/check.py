"""Whether the accounts of an insurance fund add up, in a sentence and in a table."""

import pandas as pd

from plan_monitor.fund.report import series
from plan_monitor.report import codes
from reportkit import words
from reportkit.cited import cited
from reportkit.language import Text, chosen, tr, word
from reportkit.measures import counted
from reportkit.table import Column, table


def checked_words(checked: pd.DataFrame, place: str) -> str:
    """How many identities of a region (``fund.check_accounts``) can be checked, and how many hold."""
    state = checked["state"]
    unknown, broken, scope = (int(state.eq(code).sum()) for code in ("unknown", "broken", "new_scope"))
    rows, consistent = checked["id"].nunique(), checked[state.isin(["holds", "rounding"])]
    checkable = len(checked) - unknown
    derived, repeated = int(consistent["derived"].sum()), int(checked["summed"].sum())
    text = tr(
        f"账目核对：{place}各险种 {rows} 行账目、{len(checked)} 个等式，其中 {unknown} 个缺数字，不能核对；"
        f"能核对的 {checkable} 个里，相符 {len(consistent)} 个",
        f"On the accounts: of {counted(len(checked), 'identity')} in {counted(rows, 'row')} of {place}, all "
        f"schemes, {unknown} cannot be checked for want of figures; of the {checkable} that can, "
        f"{counted(len(consistent), 'holds', 'hold')}",
    )
    if derived:
        zh = f"{derived} 个用到推算数，可能本来就是由等式倒推的，不算独立验证"
        en = f"{derived} of them with derived figures, perhaps by the identity itself: no independent proof"
        text += words.aside(tr(zh, en))
    text += tr(f"，对不上 {broken} 个", f", {counted(broken, 'does not', 'do not')}")
    if repeated:
        zh = f"{repeated} 个合计的差异就是职工与居民两个差异之和，不是另一处"
        en = f"{repeated} in the total is the sum of two in its schemes, and not another"
        text += words.aside(tr(zh, en))
    if scope:
        text += tr(f"，口径变化 {scope} 个", f", {scope} changed in scope")
    return series.sentences(text + tr("。", "."), _largest(checked[state.eq("broken")]))


def _largest(broken: pd.DataFrame) -> str:
    """The largest difference as a sentence; empty where all accounts add up."""
    if broken.empty:
        return ""
    gap = broken.loc[broken["difference"].abs().idxmax()]
    size = cited(series.money(abs(gap["difference"]), gap["unit"]), gap[["id", "before"]])
    scheme = series.scheme_name(gap["scheme"])
    return tr(
        f"差得最多的是{words.apart(scheme)}{gap['period']} 年，{size}；来源没有说明原因，照列不改。",
        f"The largest gap is that of {scheme} in {gap['period']}, {size}; the sources do not say why, and "
        "nothing is adjusted.",
    )


def broken_table(checked: pd.DataFrame, caption: Text) -> None:
    """Show the accounts (``fund.check_accounts``) that do not add up, with both sides and the difference.

    Where all are of one identity, the caption names it, in place of a column.
    """
    rows = checked[checked["state"].isin(list(series.WORDS["account"]))]
    unit, doubtful = next(iter(rows["unit"]), "亿元"), rows["quality"].eq("C")
    kinds = list(rows["identity"].unique())
    kind = kinds.pop() if len(kinds) == 1 else "both"
    title, identity = chosen(caption), [word(series.WORDS["identity"], name) for name in rows["identity"]]
    if kind != "both":
        side = word(series.WORDS["identity"], kind)
        zh, en = f"{side}应等于收入减支出", f"{side} should be income minus expenditure"
        title, identity = tr(f"{title}：{zh}", f"{title}: {en}"), [""] * len(rows)
    accounts = [
        " · ".join([series.scheme_name(row.scheme), row.period, series.basis_words(row.basis)])
        + (f" · {word(codes.QUALITY, 'C')}" if row.quality == "C" else "")
        for row in rows.itertuples()
    ]
    ids = [[row_id for row_id in pair if pd.notna(row_id)] for pair in rows[["id", "before"]].to_numpy()]
    columns = [
        Column(("账目", "Accounts"), accounts, marks=list(doubtful.map({True: "grade-c", False: ""}))),
        Column(("应等于 收入 − 支出", "Should equal income − expenditure"), identity, optional=True),
        series.money_column(series.WORDS["stated"][kind], rows["stated"], unit, ids),
        series.money_column(("收入 − 支出", "Income − expenditure"), rows["computed"], unit),
        series.money_column(("差", "Difference"), rows["difference"], unit),
        series.money_column(("舍入最多可解释", "By rounding at most"), rows["allowed"], unit),
        Column(("判断", "Finding"), [word(series.WORDS["account"], state) for state in rows["state"]]),
    ]
    table(title, columns)
