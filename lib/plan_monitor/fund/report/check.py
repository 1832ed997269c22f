"""Whether the accounts of an insurance fund add up, in a sentence and in a table."""

import pandas as pd

from plan_monitor.fund.report.series import amounts, basis_words, headed, money, scheme_name
from plan_monitor.report import codes
from reportkit.language import tr, word
from reportkit.measures import counted
from reportkit.tables import table

_IDENTITY = {
    "current": ("当期结余", "current balance"),
    "reserve": ("累计结余的增加", "change of the reserve"),
}
_STATED = {  # what is held against income less expenditure, and whether it was published
    "current": ("公布的当期结余", "Current balance as published"),
    "reserve": (
        "累计结余的增加，由前后两期结余相减",
        "Change of the reserve, one balance less the one before",
    ),
    "both": (
        "公布的当期结余，或由前后两期结余相减的增加",
        "Current balance as published, or change of the reserve, one balance less the one before",
    ),
}
_ACCOUNT = {"broken": ("对不上", "does not add up"), "new_scope": ("口径变化", "scope changed")}


def checked_words(checked: pd.DataFrame, place: str) -> str:
    """How many identities can be checked at all, and of these how many hold: a paragraph.

    Parameters
    ----------
    checked : DataFrame
        Rows of ``methods.fund.check_accounts`` of one region, all schemes.
    place : str
        Name of the region.
    """
    state = checked["state"]
    unknown, broken, scope = (int(state.eq(code).sum()) for code in ("unknown", "broken", "new_scope"))
    rows, fine = checked["id"].nunique(), checked[state.isin(["holds", "rounding"])]
    known, derived, twice = len(checked) - unknown, int(fine["derived"].sum()), int(checked["summed"].sum())
    zh = (
        f"账目核对：{place}各险种 {rows} 行账目、{len(checked)} 个等式，其中 {unknown} 个缺数字，不能核对；"
        f"能核对的 {known} 个里，相符 {len(fine)} 个"
    )
    en = (
        f"On the accounts: of {counted(len(checked), 'identity')} in {counted(rows, 'row')} of {place}, all "
        f"schemes, {unknown} cannot be checked for want of figures; of the {known} that can, "
        f"{counted(len(fine), 'holds', 'hold')}"
    )
    if derived:
        zh += f"（{derived} 个用到推算数，可能本来就是由等式倒推的，不算独立验证）"
        en += (
            f" ({derived} of them with derived figures, perhaps by the identity itself: no independent proof)"
        )
    zh, en = f"{zh}，对不上 {broken} 个", f"{en}, {counted(broken, 'does not', 'do not')}"
    if twice:
        zh += f"（{twice} 个合计的差异就是职工与居民两个差异之和，不是另一处）"
        en += f" ({twice} in the total is the sum of two in its schemes, and not another)"
    if scope:
        zh, en = f"{zh}，口径变化 {scope} 个", f"{en}, {scope} changed in scope"
    zh, en = f"{zh}。", f"{en}. "
    if broken:
        gap = checked.loc[checked[state.eq("broken")]["difference"].abs().idxmax()]
        size, who = money(abs(gap["difference"]), gap["unit"]), scheme_name(gap["scheme"])
        zh += f"差得最多的是{who} {gap['period']} 年，{size}；来源没有说明原因，照列不改。"
        en += (
            f"The largest gap is that of {who} in {gap['period']}, {size}; the sources do not say why, and "
            "nothing is smoothed."
        )
    return tr(zh, en.strip())


def broken_table(checked: pd.DataFrame, caption: tuple[str, str]) -> None:
    """Show the accounts that do not add up, with both sides and the difference.

    Where all are of one identity, the caption says which, in place of a column.

    Parameters
    ----------
    checked : DataFrame
        Rows of ``methods.fund.check_accounts``.
    caption
        As in ``tables.table``.
    """
    rows = checked[checked["state"].isin(list(_ACCOUNT))]
    unit = rows["unit"].iloc[0] if len(rows) else "亿元"
    kinds = list(rows["identity"].unique())
    kind = kinds[0] if len(kinds) == 1 else "both"
    sides = ("stated", "computed", "difference", "allowed")
    shown = pd.DataFrame(
        {
            "what": [
                " · ".join([scheme_name(row.scheme), row.period, basis_words(row.basis)])
                + (f" · {word(codes.QUALITY, 'C')}" if row.quality == "C" else "")
                for row in rows.itertuples()
            ],
            "identity": [word(_IDENTITY, name) for name in rows["identity"]],
            **{side: amounts(rows[side], unit) for side in sides},
            "state": [word(_ACCOUNT, state) for state in rows["state"]],
        }
    )
    headings = {
        "what": ("账目", "Accounts"),
        "identity": ("应等于 收入 − 支出", "Should equal income − expenditure"),
        "stated": headed(_STATED[kind], unit),
        "computed": headed(("收入 − 支出", "Income − expenditure"), unit),
        "difference": headed(("差", "Difference"), unit),
        "allowed": headed(("舍入最多可解释", "By rounding at most"), unit),
        "state": ("判断", "Finding"),
    }
    if kind in _IDENTITY:
        headings.pop("identity")
        zh, en = _IDENTITY[kind]
        caption = (
            f"{caption[0]}：{zh}应等于收入减支出",
            f"{caption[1]}: {en} should be income minus expenditure",
        )
    trace = [
        {"stated": [row.id, *([row.before] if pd.notna(row.before) else [])]} for row in rows.itertuples()
    ]
    classes = pd.DataFrame("", index=shown.index, columns=shown.columns)
    classes.loc[rows["quality"].eq("C").to_numpy(), "what"] = "grade-c"
    table(shown, caption=caption, headings=headings, classes=classes, trace=trace)
