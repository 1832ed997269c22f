"""What the newest accounts of an insurance fund say, the pooled fund before the whole: sentences."""

import pandas as pd

from plan_monitor import fund
from plan_monitor.fund.report.series import including, money, scheme_name, with_accounts
from plan_monitor.fund.report.warnings import lines_words
from reportkit import words
from reportkit.language import chosen, current, word


def newest_words(
    last: pd.Series, pooled: pd.DataFrame, private: float, bands: pd.DataFrame, kinds: pd.Series, place: str
) -> list[str]:
    """The newest accounts of a scheme and how its reserve stands to the lines: paragraphs.

    Where the accounts include personal ones, the pooled fund comes first, or that it is not published.

    Parameters
    ----------
    last : Series
        The row of ``methods.fund.indicators`` of the newest year with income and expenditure.
    pooled : DataFrame
        The row of the same year of the pooled fund, where it is published.
    private : float
        Reserve of the personal accounts in that year; NaN where it is not published.
    bands, kinds
        As in ``fund_warnings.lines_words``.
    place : str
        Name of the region.
    """
    if not with_accounts(last["scheme"]):
        own = _accounts(last, place, bold=True) + lines_words(bands, last["scheme"], kinds)
        return [own.strip()]
    whole = _accounts(last, place, bold=pooled.empty)
    if pooled.empty:
        said = (
            "统筹基金没有单独公布，下列数字含个人账户，不能与统筹基金的标准相比。",
            "The pooled fund is not published apart; these figures include personal accounts and cannot be "
            "held against the lines for it. ",
        )
        return [chosen(said) + whole.strip()]
    row = pooled.iloc[0]
    first = f"{_accounts(row, place, bold=True)}{lines_words(bands, row['scheme'], kinds)}"
    held = "" if pd.isna(private) else money(private, last["unit"])
    owned = " of the reserve, for personal use and not available to the pool"
    said = (
        f"连同个人账户{f'（结余 {held}，归个人使用，不能用于统筹支付）' if held else ''}：",
        f"With the personal accounts{f' ({held}{owned})' if held else ''}: ",
    )
    return [first.strip(), chosen(said) + whole.strip()]


def _accounts(row: pd.Series, place: str, bold: bool) -> str:
    """The accounts of a year as a sentence."""
    name, basis = scheme_name(row["scheme"]), caution(row["basis"])
    places = fund.places(row.to_frame().T).iloc[0]
    income, spent = (money(row[column], row["unit"], places) for column in ("income", "expenditure"))
    rate, left, mark = words.number(row["surplus_rate"], 1), reserve_words(row), "**" if bold else ""
    if current() == "zh":
        head = f"{place}{name} {row['period']} 年{basis}"
        return f"{mark}{head}：收入 {income}，支出 {spent}，当期结余率 {rate} %；{left}。{mark}"
    head = f"{place}, {name}, {row['period']}{basis}"
    figures = f"income {income}, expenditure {spent}, current surplus {rate} % of income; {left}"
    return f"{mark}{head}: {figures}.{mark} "


def caution(basis: str) -> str:
    """An aside on figures that are not all final; empty where they are.

    >>> caution("final derived", "zh"), caution("preliminary", "en"), caution("final", "en")
    ('（有推算数）', ' (preliminary)', '')
    """
    said = {"preliminary": ("快报", "preliminary"), "derived": ("有推算数", "with derived figures")}
    least = basis.split()[-1]
    return words.aside(word(said, least)) if least in said else ""


def reserve_words(row: pd.Series) -> str:
    """What the reserve at the end of a year is worth, as part of a sentence.

    Parameters
    ----------
    row : Series
        A row of ``methods.fund.indicators``.

    Examples
    --------
    >>> row = pd.Series({"balance": 8183.02, "reserve_months": 9.21, "unit": "亿元", "scheme": "all"})
    >>> reserve_words(row, "zh")
    '年末累计结余 8,183.02 亿元，可支付 9.2 个月（含个人账户）'
    >>> reserve_words(row * [-1, -1, 1, 1], "en")
    'the reserve at the end of the year is used up (-818.302 billion yuan)'
    """
    places = fund.places(row.to_frame().T).iloc[0]
    left, months = money(row["balance"], row["unit"], places), words.number(row["reserve_months"], 1)
    of = including(row["scheme"])
    if pd.isna(row["balance"]):
        said = "年末累计结余没有公布", "the reserve at the end of the year is not published"
    elif row["balance"] < 0:
        said = f"累计结余已用尽（{left}）", f"the reserve at the end of the year is used up ({left})"
    elif pd.isna(row["reserve_months"]):
        said = f"年末累计结余 {left}", f"the reserve at the end of the year is {left}"
    else:
        said = (
            f"年末累计结余 {left}，可支付 {months} 个月{of}",
            f"the reserve at the end of the year, {left}, is worth {months} months of expenditure{of}",
        )
    return chosen(said)
