"""The newest accounts of an insurance fund, and its warning lines: touched, or impossible to judge."""

import pandas as pd

from plan_monitor import fund
from plan_monitor.data.package import Package
from plan_monitor.fund.ratios import bands_for
from plan_monitor.fund.report import series
from plan_monitor.report.sources import places_table
from plan_monitor.settle.labels import LABELS
from reportkit import words
from reportkit.cited import cited
from reportkit.decimals import all_against
from reportkit.figure import Figure
from reportkit.language import Text, of_data, tr, word
from reportkit.table import Column, table

_SEVERITY = LABELS["severity"]
_UNIT = {"reserve_months": ("", ""), "surplus_rate": (" %", ""), "growth_gap": (" 个百分点", " points")}
_MARK = {"watch": "status-slow", "alarm": "status-lost", "no_band": "no-data"}


def newest_words(
    last: pd.Series, pooled: pd.DataFrame, private: pd.DataFrame, place: str, bands: pd.DataFrame
) -> list[str]:
    """The newest accounts of a scheme: paragraphs.

    Where the accounts include personal ones, the pooled fund comes first, or a note that it is not published.
    `last` and `pooled` are of ``fund.indicators``, the newest year with income and expenditure, and that of
    the pooled fund where it is published; `private` has the reserve of the personal accounts in that year
    (``fund.indicators``; no row where it is not published). `bands` are all warning bands.
    """
    split = last["scheme"] in fund.POOLED
    if split and pooled.empty:
        unpublished = tr(
            "统筹基金没有单独公布，下列数字含个人账户，不能与统筹基金的标准相比。",
            "The pooled fund is not published apart; these figures include personal accounts and cannot be "
            "held against the lines for it.",
        )
        return [series.sentences(unpublished, _accounts(last, place, bands))]
    first, personal = _accounts(pooled.iloc[0] if split else last, place, bands), ""
    if not split:
        return [first]
    private = private.dropna(subset=["balance"])
    if len(private):
        accounts = private.iloc[0]
        reserve = series.of_row(series.money(accounts["balance"], accounts["unit"]), accounts)
        zh = f"结余 {reserve}，归个人使用，不能用于统筹支付"
        personal = words.aside(
            tr(zh, f"{reserve} of the reserve, for personal use and not available to the pool")
        )
    lead = tr(f"连同个人账户{personal}：", f"With the personal accounts{personal}:")
    return [first, series.sentences(lead, _accounts(last, place, bands))]


def _accounts(row: pd.Series, place: str, bands: pd.DataFrame) -> str:
    """The accounts of a year as a sentence."""
    name, basis = series.scheme_name(row["scheme"]), row["basis"].split()[-1]
    note = words.aside(word(series.WORDS["caution"], basis)) if basis in series.WORDS["caution"] else ""
    places = series.decimals(row)
    flows = [series.money(row[column], row["unit"], places) for column in ("income", "expenditure")]
    rate = series.ratio_figure(row["surplus_rate"], "surplus_rate", row["scheme"], bands)
    left = _reserve(row, places, bands)
    income, spent, rate = (series.of_row(figure, row) for figure in (*flows, rate))
    return tr(
        f"{place}{words.apart(name)}{row['period']} 年{note}：收入 {income}，支出 {spent}，"
        f"当期结余率 {rate} %；{left}。",
        f"{place}, {name}, {row['period']}{note}: income {income}, expenditure {spent}, current surplus "
        f"{rate} % of income; {left}.",
    )


def _reserve(row: pd.Series, places: int, bands: pd.DataFrame) -> str:
    """The reserve at the end of a year and the months that it pays for."""
    if pd.isna(row["balance"]):
        return tr("年末累计结余没有公布", "the reserve at the end of the year is not published")
    amount = series.of_row(series.money(row["balance"], row["unit"], places), row)
    if row["balance"] < 0:
        return tr(f"累计结余已用尽（{amount}）", f"the reserve at the end of the year is used up ({amount})")
    if pd.isna(row["reserve_months"]):
        return tr(f"年末累计结余 {amount}", f"the reserve at the end of the year is {amount}")
    months = series.ratio_figure(row["reserve_months"], "reserve_months", row["scheme"], bands)
    months = series.of_row(months, row)
    scheme_note = series.including(row["scheme"])
    return tr(
        f"年末累计结余 {amount}，可支付 {months} 个月{scheme_note}",
        f"the reserve at the end of the year, {amount}, is worth {months} months of expenditure{scheme_note}",
    )


def lines_words(bands: pd.DataFrame, scheme: str, kinds: pd.Series) -> str:
    """The lines for the reserve of a scheme, published or assumed, as a sentence; empty without any."""
    lines = bands_for(bands, "reserve_months", scheme)
    if len(lines) < 2:
        return ""
    limits = [cited(words.number(band.upper), [band.id]) for band in lines.itertuples()]
    first, *middle, final = lines[f"label_{of_data()}"]
    low, high = limits[0], limits[-2]
    spans = [tr(f"低于 {low} 个月为{first}", f"below {low} months {first}")]
    for least, most, label in zip(limits, limits[1:-1], middle, strict=False):
        spans.append(tr(f"{least}—{most} 个月为{label}", f"{least}–{most} {label}"))
    spans.append(tr(f"高于 {high} 个月为{final}", f"above {high} {final}"))
    is_assumed = lines["document"].map(kinds).eq("assumption").any()
    assumed = tr("分档线（本项目假设）", "Lines that we assumed")
    kind = assumed if is_assumed else tr("标准（已公布）", "Published lines")
    listed = tr("，", ", ").join(spans)
    return tr(f"可支付月数的{kind}：{listed}。", f"{kind} for the reserve: {listed}.")


def touched_words(alerts: pd.DataFrame, bands: pd.DataFrame, kinds: pd.Series) -> list[str]:
    """Sentences: warning lines that the newest year touches, those it does not, and ratios without a line.

    `alerts` are rows of ``fund.warn`` of one year; where they are of several schemes, these are named.
    """
    several = alerts["scheme"].nunique() > 1
    items = {severity: [] for severity in series.WORDS["touched"]}
    for _, row in alerts.iterrows():
        text, severity = _named(row, several), row["severity"] if pd.isna(row["reason"]) else "unjudged"
        if severity == "unjudged":
            text += words.aside(word(series.WORDS["unjudged"], row["reason"]))
        elif severity != "ok":
            figure, is_assumed = _touched(row, bands, kinds)
            text += figure + (words.aside(tr("假设的线", "an assumed line")) if is_assumed else "")
        items[severity].append(text)
    result = []
    for severity, texts in items.items():
        lead = word(series.WORDS["touched"], severity).format(alerts["period"].max())
        listed = tr("；", "; ").join(texts)
        result += [tr(f"{lead}：{listed}。", f"{lead}: {listed}.")] if texts else []
    return result


def record_words(warned: pd.DataFrame, bands: pd.DataFrame, kinds: pd.Series) -> str:
    """When each ratio last touched a line, the latest first: a sentence; empty where nothing was judged.

    `warned` are rows of ``fund.warn`` of any years; where they are of several schemes, these are named.
    """
    several, columns = warned["scheme"].nunique() > 1, ["scheme", "ratio"]
    judged = warned[warned["severity"].notna()].sort_values("period", kind="stable")
    last = judged[judged["severity"] != "ok"].groupby(columns, sort=False).tail(1)
    parts = []
    for _, row in last.sort_values(["period", "severity"], ascending=[False, True], kind="stable").iterrows():
        figure, is_assumed = _touched(row, bands, kinds)
        severity = word(_SEVERITY, row["severity"]) + (
            tr("，假设的线", ", an assumed line") if is_assumed else ""
        )
        text, year = f"{_named(row, several)}{figure}{words.aside(severity)}", row["period"]
        parts.append(tr(f"{year} 年{text}", f"{text} in {year}"))
    touched = set(last[columns].itertuples(index=False, name=None))
    for key, rows in judged.groupby(columns, sort=False):
        if key not in touched and len(rows) > 1:  # of one year alone the sentence on the newest tells
            name, ids = _named(rows.iloc[0], several), rows["id"].str.split(", ").explode()
            n = cited(str(len(rows)), ids)
            parts.append(tr(f"{name}在可判断的 {n} 年里从未触线", f"{name} never in the {n} years judged"))
    if not parts:
        return ""
    first, final = judged["period"].iloc[[0, -1]]
    span = first if first == final else tr(f"{first}—{final}", f"{first}–{final}")
    listed = tr("；", "; ").join(parts)
    return tr(
        f"哪项先预警，只能看历年记录（{span} 年）。各项最近一次触线：{listed}。",
        f"What warns first can only be read from the record ({span}). Each touched a line last: {listed}.",
    )


def _named(row: pd.Series, several: bool) -> str:
    """A ratio in a sentence, with its scheme where there are several."""
    name = word(series.WORDS["spoken"], row["ratio"])
    name += series.including(row["scheme"]) if row["ratio"] == "reserve_months" else ""
    return f"{series.scheme_name(row['scheme'])} · {name}" if several else name


def _touched(row: pd.Series, bands: pd.DataFrame, kinds: pd.Series) -> tuple[str, bool]:
    """The figure of a ratio beside the line it touches, and whether we assumed the line."""
    band = bands.set_index("id").loc[row["band"]]
    figure = series.ratio_figure(row["value"], row["ratio"], row["scheme"], bands)
    figure = series.of_row(figure, row, row["band"])
    return f" {figure}{word(_UNIT, row['ratio'])} · {band[f'label_{of_data()}']}", kinds[
        band["document"]
    ] == "assumption"


def warnings_table(warned: pd.DataFrame, bands: pd.DataFrame, caption: Text) -> None:
    """Show every year's ratios of a scheme (``fund.warn``), each with the warning band it falls into."""
    label = bands.set_index("id")[f"label_{of_data()}"]
    years = sorted(set(warned.loc[warned["value"].notna(), "period"]))
    columns = [Column(("年份", "Year"), years)]
    for ratio in series.RATIO:
        rows = warned[warned["ratio"] == ratio].set_index("period").loc[years]
        scheme = next(iter(rows["scheme"]), "")
        name = series.ratio_name(ratio, scheme) if years else ""
        lines = [label.get(band, tr("无预警线", "no line")) for band in rows["band"]]
        limits = series.ratio_limits(ratio, scheme, bands)
        places = all_against(rows["value"], [limits] * len(rows), 1)
        cells = [
            figure.followed(f" · {line}") if isinstance(figure, Figure) else figure
            for figure, line in zip(series.numbers(rows["value"], places), lines, strict=True)
        ]
        ids = [[*row.id.split(", "), row.band] if pd.notna(row.band) else [] for row in rows.itertuples()]
        marks = rows["severity"].fillna(rows["reason"]).map(_MARK).fillna("").tolist()
        columns.append(Column(name, cells, ids, marks))
    table(caption, columns)


def bands_table(bands: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show the warning lines used, whether they are published or assumed, and where they stand."""
    order = {"<": ("低于 {}", "below {}"), "<=": ("{} 及以下", "up to {}")}
    texts = []
    for band in bands.itertuples():
        upper = tr("更高", "above")
        if pd.notna(band.upper):
            upper = word(order, band.comparator).format(words.number(band.upper))
        parts = [upper, getattr(band, f"label_{of_data()}"), word(_SEVERITY, band.severity)]
        texts.append(word(series.RATIO, band.ratio) + tr("：", ": ") + " · ".join(parts))
    places_table(bands, texts, package, caption)
