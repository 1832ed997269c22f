"""Warning lines of an insurance fund: what they are, which are touched, and what none can judge."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.fund.report.series import RATIO, including, ratio_name, scheme_name
from plan_monitor.report.sources import places_table
from reportkit import words
from reportkit.language import chosen, current, of_data, tr, word
from reportkit.tables import table

SEVERITY = {"ok": ("正常", "ok"), "watch": ("关注", "watch"), "alarm": ("预警", "alarm")}
_SPOKEN = {  # a ratio in a sentence, and the unit after its figure
    "reserve_months": ("可支付月数", "months in reserve", "", ""),
    "surplus_rate": ("当期结余率", "current surplus in % of income", " %", ""),
    "growth_gap": ("支出与收入增速之差", "growth of expenditure less that of income", " 个百分点", " points"),
}
_TOUCHED = {
    "alarm": ("{} 年预警", "Alarm in {}"),
    "watch": ("{} 年需要关注", "To be watched in {}"),
    "ok": ("{} 年没有触到预警线", "In {} no line is touched by"),
    None: ("{} 年不能判断", "Cannot be judged in {}"),
}
_CLASS = {"ok": "status-achieved", "watch": "status-slow", "alarm": "status-lost"}


def lines_words(bands: pd.DataFrame, scheme: str, kinds: pd.Series) -> str:
    """The lines for the reserve of a scheme and whether they are published, as a sentence; empty without any.

    Parameters
    ----------
    bands : DataFrame
        Rows of ``fund_bands``.
    scheme : str
    kinds : Series
        Type of every document, by id.

    Examples
    --------
    >>> from plan_monitor import load
    >>> package = load()
    >>> kinds = package.documents.set_index("id")["type"]
    >>> lines_words(package.fund_bands.iloc[[0, 2, 4]], "employees-pooled", kinds, "en")
    'Published lines for the reserve: below 3 months reserve short, 3–9 normal, above 9 excessive reserve. '
    """
    of_ratio = bands[bands["ratio"] == "reserve_months"].sort_values("upper", na_position="last")
    own = of_ratio[of_ratio["scheme"] == scheme]
    chosen = own if len(own) else of_ratio[of_ratio["scheme"].isna()]
    if len(chosen) < 2:
        return ""
    ours = chosen["document"].map(kinds).eq("assumption").any()
    lower = [None, *chosen["upper"].map(words.number)]
    zh, en = [], []
    for band, low in zip(chosen.itertuples(), lower, strict=False):
        high = words.number(band.upper)
        if low is None:
            zh.append(f"低于 {high} 个月为{band.label_zh}")
            en.append(f"below {high} months {band.label_en}")
        elif pd.isna(band.upper):
            zh.append(f"高于 {low} 个月为{band.label_zh}")
            en.append(f"above {low} {band.label_en}")
        else:
            zh.append(f"{low}—{high} 个月为{band.label_zh}")
            en.append(f"{low}–{high} {band.label_en}")
    if current() == "zh":
        return f"可支付月数的{'分档线（本项目假设）' if ours else '标准（已公布）'}：{'，'.join(zh)}。"
    return f"{'Lines that we assumed' if ours else 'Published lines'} for the reserve: {', '.join(en)}. "


def touched_words(alerts: pd.DataFrame, bands: pd.DataFrame, kinds: pd.Series) -> list[str]:
    """Which lines the newest year touches, which it does not, and which ratios no line can judge: sentences.

    Parameters
    ----------
    alerts : DataFrame
        Rows of ``methods.fund.warn``, of one year; where they are of several schemes, these are named.
    bands, kinds
        As in `lines_words`.
    """
    colon, semicolon, stop = chosen((("：", "；", "。"), (": ", "; ", ".")))
    label = bands.set_index("id")
    several = alerts["scheme"].nunique() > 1
    assumed = words.aside(tr("假设的线", "an assumed line"))

    why = {"no_value": ("缺数字", "figures are missing"), "no_band": ("没有预警线", "no line is set")}
    items = {severity: [] for severity in _TOUCHED}
    for _, row in alerts.iterrows():
        text = _named(row, several)
        if row["severity"] in ("alarm", "watch"):
            ours = kinds[label.at[row["band"], "document"]] == "assumption"
            text += f"{_value(row)} · {label.at[row['band'], f'label_{of_data()}']}{assumed if ours else ''}"
        elif pd.notna(row["reason"]):
            text += words.aside(word(why, row["reason"]))
        items[row["severity"] if pd.isna(row["reason"]) else None].append(text)
    year = "" if alerts.empty else alerts["period"].max()
    return [
        f"{pair[current() != 'zh'].format(year)}{colon}{semicolon.join(items[severity])}{stop}"
        for severity, pair in _TOUCHED.items()
        if items[severity]
    ]


def record_words(warned: pd.DataFrame, bands: pd.DataFrame, kinds: pd.Series) -> str:
    """When each ratio last touched a line, the latest first: a sentence; empty where nothing was judged.

    Parameters
    ----------
    warned : DataFrame
        Rows of ``methods.fund.warn``, of any years; where they are of several schemes, these are named.
    bands, kinds
        As in `lines_words`.
    """
    label, several = bands.set_index("id"), warned["scheme"].nunique() > 1
    judged = warned[warned["severity"].notna()].sort_values("period", kind="stable")
    if judged.empty:
        return ""
    touched = judged[judged["severity"] != "ok"].groupby(["scheme", "ratio"], sort=False).tail(1)
    touched = touched.sort_values(["period", "severity"], ascending=[False, True], kind="stable")
    semicolon, which = ("；", 0) if current() == "zh" else ("; ", 1)
    parts = []
    for _, row in touched.iterrows():
        what = f"{_named(row, several)}{_value(row)} · {label.at[row['band'], f'label_{of_data()}']}"
        mark = word(SEVERITY, row["severity"])
        if kinds[label.at[row["band"], "document"]] == "assumption":
            mark += ("，假设的线", ", an assumed line")[which]
        mark = words.aside(mark)
        parts.append((f"{row['period']} 年{what}{mark}", f"{what}{mark} in {row['period']}")[which])
    known = set(touched[["scheme", "ratio"]].apply(tuple, axis=1))
    for key, rows in judged.groupby(["scheme", "ratio"], sort=False):
        if key not in known and len(rows) > 1:  # of one year alone the sentence on the newest tells
            name, n = _named(rows.iloc[0], several), len(rows)
            parts.append(
                (f"{name}在可判断的 {n} 年里从未触线", f"{name} never in the {n} years judged")[which]
            )
    if not parts:
        return ""
    first, last = judged["period"].iloc[0], judged["period"].iloc[-1]
    span = (f"{first}—{last} 年", f"{first}–{last}") if first != last else (f"{first} 年", first)
    lead = (
        f"哪项先预警，只能看历年记录（{span[0]}）。各项最近一次触线：",
        f"What warns first can only be read from the record ({span[1]}). Each touched a line last: ",
    )
    return f"{lead[which]}{semicolon.join(parts)}{'。' if current() == 'zh' else '.'}"


def _named(row: pd.Series, several: bool) -> str:
    """A ratio in a sentence, with its scheme where there are several."""
    name = chosen(_SPOKEN[row["ratio"]])
    name += including(row["scheme"]) if row["ratio"] == "reserve_months" else ""
    return f"{scheme_name(row['scheme'])} · {name}" if several else name


def _value(row: pd.Series) -> str:
    """The figure of a ratio in a sentence, with its unit."""
    return f" {words.number(row['value'], 1)}{_SPOKEN[row['ratio']][2 + (current() != 'zh')]}"


def warnings_table(warned: pd.DataFrame, bands: pd.DataFrame, caption: tuple[str, str]) -> None:
    """Show every year's ratios, each with the warning band it falls into.

    Parameters
    ----------
    warned : DataFrame
        Rows of ``methods.fund.warn`` of one region and scheme.
    bands : DataFrame
        Rows of ``fund_bands``.
    caption
        As in ``tables.table``.
    """
    label = bands.set_index("id")[f"label_{of_data()}"]
    none = tr("无预警线", "no line")
    cells = [
        "–" if row.reason == "no_value" else f"{words.number(row.value, 1)} · {label.get(row.band, none)}"
        for row in warned.itertuples()
    ]
    mark = warned["severity"].map(_CLASS).fillna(warned["reason"].map({"no_band": "no-data"})).fillna("")
    long = warned.assign(cell=cells, mark=mark)
    shown = long.pivot(index="period", columns="ratio", values="cell").rename_axis(columns=None)
    classes = long.pivot(index="period", columns="ratio", values="mark").rename_axis(columns=None)
    known = ~shown.eq("–").all(axis=1)
    shown, classes = shown[known].reset_index(), classes[known].reset_index().assign(period="")
    banded = long.dropna(subset=["band"])
    trace = [
        {
            row.ratio: [*row.id.split(", "), row.band]
            for row in banded[banded["period"] == period].itertuples()
        }
        for period in shown["period"]
    ]
    scheme = warned["scheme"].iloc[0] if len(warned) else ""
    headings = {"period": ("年份", "Year")} | {
        ratio: tuple(ratio_name(ratio, scheme, language) for language in ("zh", "en")) for ratio in RATIO
    }
    table(shown, caption=caption, headings=headings, classes=classes, trace=trace)


def bands_table(bands: pd.DataFrame, package: Package, caption: tuple[str, str]) -> None:
    """Show the warning lines used, whether they are published or assumed, and where they stand."""
    order = {"<": ("低于 {}", "below {}"), "<=": ("{} 及以下", "up to {}")}
    above = ("更高", "above")
    texts = []
    for band in bands.itertuples():
        limit = above if pd.isna(band.upper) else order[band.comparator]
        limit = tr(limit[0], limit[1]).format(words.number(band.upper))
        name, severity = getattr(band, f"label_{of_data()}"), word(SEVERITY, band.severity)
        colon = tr("：", ": ")
        texts.append(f"{word(RATIO, band.ratio)}{colon}{limit} · {name} · {severity}")
    places_table(bands, texts, package, caption)
