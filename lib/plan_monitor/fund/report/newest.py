"""What the newest accounts of an insurance fund say, the pooled fund before the whole: sentences."""

import pandas as pd

from plan_monitor import fund
from plan_monitor.fund.report.bands import lines_words
from plan_monitor.fund.report.series import including, money, scheme_name, sentences
from reportkit import words
from reportkit.language import tr, word

_CAUTION = {"preliminary": ("快报", "preliminary"), "derived": ("有推算数", "with derived figures")}


def newest_words(
    last: pd.Series, pooled: pd.DataFrame, private: float, bands: pd.DataFrame, kinds: pd.Series, place: str
) -> list[str]:
    """The newest accounts of a scheme and how its reserve stands to the lines: paragraphs.

    Where the accounts include personal ones, the pooled fund comes first, or that it is not published.

    Parameters
    ----------
    last, pooled
        Of ``fund.indicators``, the row of the newest year with income and expenditure, and that of the pooled
        fund of the same year, where it is published.
    private : float
        Reserve of the personal accounts in that year; NaN where it is not published.
    bands, kinds
        As in ``lines_words``.
    """
    if last["scheme"] not in fund.POOLED:
        return [_judged(last, bands, kinds, place)]
    whole = _accounts(last, place)
    if pooled.empty:
        unpublished = tr(
            "统筹基金没有单独公布，下列数字含个人账户，不能与统筹基金的标准相比。",
            "The pooled fund is not published apart; these figures include personal accounts and cannot be "
            "held against the lines for it.",
        )
        return [sentences(unpublished, f"**{whole}**")]
    owned = ""
    if pd.notna(private):
        held = money(private, last["unit"])
        zh = f"结余 {held}，归个人使用，不能用于统筹支付"
        owned = words.aside(tr(zh, f"{held} of the reserve, for personal use and not available to the pool"))
    lead = tr(f"连同个人账户{owned}：", f"With the personal accounts{owned}:")
    return [_judged(pooled.iloc[0], bands, kinds, place), sentences(lead, whole)]


def _judged(row: pd.Series, bands: pd.DataFrame, kinds: pd.Series, place: str) -> str:
    return sentences(f"**{_accounts(row, place)}**", lines_words(bands, row["scheme"], kinds))


def _accounts(row: pd.Series, place: str) -> str:
    """The accounts of a year as a sentence."""
    name, basis = scheme_name(row["scheme"]), row["basis"].split()[-1]
    note = words.aside(word(_CAUTION, basis)) if basis in _CAUTION else ""
    places = fund.places(row.to_frame().T).iloc[0]
    income, spent = (money(row[column], row["unit"], places) for column in ("income", "expenditure"))
    rate, left = words.number(row["surplus_rate"], 1), reserve_words(row)
    return tr(
        f"{place}{name} {row['period']} 年{note}：收入 {income}，支出 {spent}，当期结余率 {rate} %；{left}。",
        f"{place}, {name}, {row['period']}{note}: income {income}, expenditure {spent}, current surplus "
        f"{rate} % of income; {left}.",
    )


def reserve_words(row: pd.Series) -> str:
    """What the reserve at the end of a year (a row of ``fund.indicators``) is worth: part of a sentence.

    >>> row = pd.Series({"balance": 8183.02, "reserve_months": 9.21, "unit": "亿元", "scheme": "all"})
    >>> reserve_words(row)
    '年末累计结余 8,183.02 亿元，可支付 9.2 个月（含个人账户）'
    >>> reserve_words(row * [-1, -1, 1, 1])
    '累计结余已用尽（-8,183.02 亿元）'
    """
    if pd.isna(row["balance"]):
        return tr("年末累计结余没有公布", "the reserve at the end of the year is not published")
    left = money(row["balance"], row["unit"], fund.places(row.to_frame().T).iloc[0])
    if row["balance"] < 0:
        return tr(f"累计结余已用尽（{left}）", f"the reserve at the end of the year is used up ({left})")
    if pd.isna(row["reserve_months"]):
        return tr(f"年末累计结余 {left}", f"the reserve at the end of the year is {left}")
    months, of = words.number(row["reserve_months"], 1), including(row["scheme"])
    return tr(
        f"年末累计结余 {left}，可支付 {months} 个月{of}",
        f"the reserve at the end of the year, {left}, is worth {months} months of expenditure{of}",
    )
