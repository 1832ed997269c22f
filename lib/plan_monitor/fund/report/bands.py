"""Warning lines of an insurance fund: what they are, which are touched, and what none can judge."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.fund.ratios import bands_for
from plan_monitor.fund.report.series import RATIO, including, numbers, ratio_name, scheme_name
from plan_monitor.report.sources import places_table
from plan_monitor.settle.labels import LABELS
from reportkit import words
from reportkit.figure import Figure
from reportkit.language import Text, of_data, tr, word
from reportkit.table import Column, table

_SEVERITY = LABELS["severity"]
_SPOKEN = {  # a ratio in a sentence
    "reserve_months": ("可支付月数", "months in reserve"),
    "surplus_rate": ("当期结余率", "current surplus in % of income"),
    "growth_gap": ("支出与收入增速之差", "growth of expenditure less that of income"),
}
_UNIT = {"reserve_months": ("", ""), "surplus_rate": (" %", ""), "growth_gap": (" 个百分点", " points")}
_TOUCHED = {
    "alarm": ("{} 年预警", "Alarm in {}"),
    "watch": ("{} 年需要关注", "To be watched in {}"),
    "ok": ("{} 年没有触到预警线", "In {} no line is touched by"),
    None: ("{} 年不能判断", "Cannot be judged in {}"),
}
_UNJUDGED = {"no_value": ("缺数字", "figures are missing"), "no_band": ("没有预警线", "no line is set")}
_MARK = {"ok": "status-achieved", "watch": "status-slow", "alarm": "status-lost", "no_band": "no-data"}


def lines_words(bands: pd.DataFrame, scheme: str, kinds: pd.Series) -> str:
    """The lines for the reserve of a scheme and whether they are published, as a sentence; empty without any.

    `bands` are rows of ``fund_bands``, `kinds` the type of every document by id.

    >>> from plan_monitor import load
    >>> package = load()
    >>> kinds = package.documents.set_index("id")["type"]
    >>> lines_words(package.fund_bands.iloc[[0, 2, 4]], "employees-pooled", kinds)
    '可支付月数的标准（已公布）：低于 3 个月为结余不足，3—9 个月为正常，高于 9 个月为结余过多。'
    """
    own = bands_for(bands, "reserve_months", scheme)
    if len(own) < 2:
        return ""
    limits, labels = numbers(own["upper"]), own[f"label_{of_data()}"]
    low, high = limits[0], limits[-2]
    spans = [
        tr(f"低于 {low} 个月为{labels.iloc[0]}", f"below {low} months {labels.iloc[0]}"),
        *(
            tr(f"{least}—{most} 个月为{label}", f"{least}–{most} {label}")
            for least, most, label in zip(limits, limits[1:-1], labels[1:-1], strict=False)
        ),
        tr(f"高于 {high} 个月为{labels.iloc[-1]}", f"above {high} {labels.iloc[-1]}"),
    ]
    ours = own["document"].map(kinds).eq("assumption").any()
    assumed = tr("分档线（本项目假设）", "Lines that we assumed")
    kind = assumed if ours else tr("标准（已公布）", "Published lines")
    listed = tr("，", ", ").join(spans)
    return tr(f"可支付月数的{kind}：{listed}。", f"{kind} for the reserve: {listed}.")


def touched_words(alerts: pd.DataFrame, bands: pd.DataFrame, kinds: pd.Series) -> list[str]:
    """What the newest year touches, what it does not, and what no line can judge: sentences.

    `alerts` are rows of ``fund.warn`` of one year; where they are of several schemes, these are named.
    """
    several = alerts["scheme"].nunique() > 1
    items = {severity: [] for severity in _TOUCHED}
    for _, row in alerts.iterrows():
        text, severity = _named(row, several), row["severity"] if pd.isna(row["reason"]) else None
        if severity is None:
            text += words.aside(word(_UNJUDGED, row["reason"]))
        elif severity != "ok":
            figure, ours = _touched(row, bands, kinds)
            text += figure + (words.aside(tr("假设的线", "an assumed line")) if ours else "")
        items[severity].append(text)
    listed = {severity: tr("；", "; ").join(texts) for severity, texts in items.items() if texts}
    leads = {severity: word(_TOUCHED, severity).format(alerts["period"].max()) for severity in listed}
    return [
        tr(f"{leads[severity]}：{text}。", f"{leads[severity]}: {text}.") for severity, text in listed.items()
    ]


def record_words(warned: pd.DataFrame, bands: pd.DataFrame, kinds: pd.Series) -> str:
    """When each ratio last touched a line, the latest first: a sentence; empty where nothing was judged.

    `warned` are rows of ``fund.warn`` of any years; where they are of several schemes, these are named.
    """
    several, of = warned["scheme"].nunique() > 1, ["scheme", "ratio"]
    judged = warned[warned["severity"].notna()].sort_values("period", kind="stable")
    last = judged[judged["severity"] != "ok"].groupby(of, sort=False).tail(1)
    parts = []
    for _, row in last.sort_values(["period", "severity"], ascending=[False, True], kind="stable").iterrows():
        figure, ours = _touched(row, bands, kinds)
        severity = word(_SEVERITY, row["severity"]) + (tr("，假设的线", ", an assumed line") if ours else "")
        what, year = f"{_named(row, several)}{figure}{words.aside(severity)}", row["period"]
        parts.append(tr(f"{year} 年{what}", f"{what} in {year}"))
    touched = set(last[of].itertuples(index=False, name=None))
    for key, rows in judged.groupby(of, sort=False):
        if key not in touched and len(rows) > 1:  # of one year alone the sentence on the newest tells
            name, n = _named(rows.iloc[0], several), len(rows)
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
    name = word(_SPOKEN, row["ratio"])
    name += including(row["scheme"]) if row["ratio"] == "reserve_months" else ""
    return f"{scheme_name(row['scheme'])} · {name}" if several else name


def _touched(row: pd.Series, bands: pd.DataFrame, kinds: pd.Series) -> tuple[str, bool]:
    """The figure of a ratio beside the line it touches, and whether we assumed the line."""
    band = bands.set_index("id").loc[row["band"]]
    figure = f" {words.number(row['value'], 1)}{word(_UNIT, row['ratio'])}"
    return f"{figure} · {band[f'label_{of_data()}']}", kinds[band["document"]] == "assumption"


def warnings_table(warned: pd.DataFrame, bands: pd.DataFrame, caption: Text) -> None:
    """Show every year's ratios of a scheme (``fund.warn``), each with the warning band it falls into."""
    label = bands.set_index("id")[f"label_{of_data()}"]
    years = sorted(set(warned.loc[warned["value"].notna(), "period"]))
    columns = [Column(("年份", "Year"), years)]
    for ratio in RATIO:
        rows = warned[warned["ratio"] == ratio].set_index("period").loc[years]
        name = ratio_name(ratio, rows["scheme"].iloc[0]) if years else ""
        lines = [label.get(band, tr("无预警线", "no line")) for band in rows["band"]]
        cells = [
            figure.followed(f" · {line}") if isinstance(figure, Figure) else figure
            for figure, line in zip(numbers(rows["value"], 1), lines, strict=True)
        ]
        ids = [[*row.id.split(", "), row.band] if pd.notna(row.band) else [] for row in rows.itertuples()]
        marks = rows["severity"].fillna(rows["reason"]).map(_MARK).fillna("").tolist()
        columns.append(Column((name, name), cells, ids, marks))
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
        texts.append(word(RATIO, band.ratio) + tr("：", ": ") + " · ".join(parts))
    places_table(bands, texts, package, caption)
