"""A county's verdict as charts and tables: aspects, schools, coefficients, shortfall, items."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor import balance
from plan_monitor.data.package import Package
from plan_monitor.report import codes
from reportkit import measures, words
from reportkit.charts.heatmap import heat_map
from reportkit.charts.limits import limit_bars
from reportkit.language import current, tr, word
from reportkit.tables import table

LEVEL = {level: codes.LEVEL[level] for level in ("primary", "junior")}
STATE = {
    "met": ("达到", "met"),
    "not_met": ("未达到", "not met"),
    "unanswered": ("未答", "unanswered"),
    "open": ("待定", "open"),
    "passes": ("达标", "passes"),
    "fails": ("未达标", "fails"),
    "no_students": ("无学生", "no pupils"),
}
ASPECT = {
    "schools": ("学校资源（校×学段）", "School resources (school × level)"),
    "coefficients": ("校际差异系数", "Difference coefficients"),
    "government": ("政府保障程度", "Government support"),
    "quality": ("教育质量", "Quality of education"),
    "recognition": ("社会认可度", "Public recognition"),
    "veto": ("一票否决情形（“达到”为没有）", "Veto situations (met: none)"),
}
# what a shortfall or a plan counts: a word for a resource, and its unit
RESOURCE = {
    "teachers-above-degree-per-100": ("高于规定学历教师", "teachers above the required degree"),
    "backbone-teachers-per-100": ("骨干教师", "backbone teachers"),
    "pe-arts-teachers-per-100": ("体艺教师", "PE and arts teachers"),
    "teaching-area-per-student": ("教学用房", "teaching area"),
    "sports-area-per-student": ("运动场馆", "sports area"),
    "equipment-value-per-student": ("教学设备", "equipment"),
    "multimedia-rooms-per-100": ("多媒体教室", "multimedia rooms"),
}
UNIT = dict(zip(RESOURCE, ("人", "人", "人", "平方米", "平方米", "元", "间"), strict=True))
_ANSWER = {"yes": ("是", "yes"), "no": ("否", "no")}
_SOURCE = {"schools": ("由学校数据算出", "computed from schools"), "answers": ("答卷", "answer")}
_CLASS = {
    **dict.fromkeys(("met", "passes"), "status-achieved"),
    **dict.fromkeys(("not_met", "fails"), "status-lost"),
    **dict.fromkeys(("unanswered", "open", "no_students"), "no-data"),
}
_CELLS = {  # from attained to far below; readable in grey as well
    "met": ("达到标准", "at or above the threshold", "#cfe3d4"),
    "near": ("标准的 {} %–100 %", "{} % to 100 % of it", "#f0c36d"),
    "below": ("低于标准的 {} %", "below {} % of it", "#a3191f"),
    "missing": ("缺数据", "no figure", "#ffffff"),
}


def school_names(schools: pd.DataFrame) -> pd.Series:
    """Names in the report's language; the Chinese one where no English one is given."""
    return tr(schools["name_zh"], schools["name_en"].fillna(schools["name_zh"]))


def marked(frame: pd.DataFrame, column: str, states: pd.Series) -> pd.DataFrame:
    """CSS classes for a table whose one column shows states."""
    classes = pd.DataFrame("", index=frame.index, columns=frame.columns)
    classes[column] = states.map(_CLASS).to_numpy()
    return classes


def aspects_table(verdict: balance.Verdict, caption: tuple[str, str], basis: Iterable[str] = ()) -> None:
    """Show how many schools, coefficients and items are met, not met and open, aspect by aspect."""
    rows = verdict.aspects
    shown = rows.assign(
        aspect=[word(ASPECT, name) for name in rows["aspect"]],
        status=[word(STATE, name) for name in rows["status"]],
        **{name: rows[name].astype("str") for name in ("total", "met", "not_met", "open")},
    )
    headings = {
        "aspect": ("方面", "Aspect"),
        "status": ("判断", "Verdict"),
        "total": ("总数", "Total"),
        "met": ("达到", "Met"),
        "not_met": ("未达到", "Not met"),
        "open": ("未答或缺数据", "Unanswered or no figure"),
    }
    table(
        shown,
        caption=caption,
        headings=headings,
        classes=marked(shown, "status", rows["status"]),
        basis=basis,
    )


def school_heat_map(evaluated: pd.DataFrame, standard: pd.DataFrame, title: tuple[str, str]) -> None:
    """Draw what each school attains of each threshold, in %, one block a level."""
    judged = evaluated[evaluated["status"] != "no_students"]
    share = balance.attainment(judged, standard)
    floor = 100 * balance.rules(standard).floor
    names = school_names(judged)
    namesakes = judged.assign(name=names).duplicated(["level", "name"], keep=False)
    names = names.where(~namesakes, names + " " + judged["code"])
    long = share.assign(panel=[word(LEVEL, level) for level in judged["level"]], row=names)
    long = long.melt(["panel", "row"], var_name="indicator", value_name="share")
    # shown as a whole number cut off, so that a school just below does not read 100
    cut = (long["share"] * (1 + 1e-9)) // 1
    state = pd.cut(cut, [-1, floor - 1, 99, float("inf")], labels=["below", "near", "met"]).astype(object)
    cells = long.assign(
        column=[word(RESOURCE, name) for name in long["indicator"]],
        text=[words.number(value) for value in cut],
        state=state.where(cut.notna(), "missing"),
    )
    states = {
        name: (*(text.format(words.number(floor)) for text in said), colour)
        for name, (*said, colour) in _CELLS.items()
    }
    heat_map(cells, title=title, states=states)


def coefficients_chart(verdict: balance.Verdict, package: Package, title: tuple[str, str]) -> None:
    """Draw the difference coefficients of each level against their limit."""
    rows = verdict.coefficients
    frame = pd.DataFrame(
        {
            "panel": [word(LEVEL, level) for level in rows["level"]],
            "category": rows["indicator"].map(codes.names(package.indicators)),
            "value": rows["cv"].where(rows["state"] != "open"),
            "limit": rows["limit"],
        }
    )
    limit_bars(frame, title=title, unit="", over=("超过", "over the limit"))


def coefficients_table(
    verdict: balance.Verdict, package: Package, caption: tuple[str, str], basis: Iterable[str] = ()
) -> None:
    """Show each coefficient with the mean and deviation it is made of, its limit and state."""
    rows = verdict.coefficients
    unit = measures.units(package.indicators)
    places = [0 if mean >= 100 else 2 for mean in rows["mean"]]
    shown = pd.DataFrame(
        {
            "indicator": rows["indicator"].map(codes.names(package.indicators)),
            "level": [word(LEVEL, level) for level in rows["level"]],
            "state": [word(STATE, state) for state in rows["state"]],
            "cv": [words.number(value, 3) for value in rows["cv"]],
            "limit": [words.number(value, 2) for value in rows["limit"]],
            "mean": [
                words.figure(row.mean, unit[row.indicator], n)
                for row, n in zip(rows.itertuples(), places, strict=True)
            ],
            "deviation": [words.number(value, n) for value, n in zip(rows["deviation"], places, strict=True)],
            "schools": rows["schools"].astype("str"),
        }
    )
    headings = {
        "indicator": ("指标", "Indicator"),
        "level": ("学段", "Level"),
        "state": ("判断", "Verdict"),
        "cv": ("差异系数", "Coefficient"),
        "limit": ("限值", "Limit"),
        "mean": ("全县均值", "County mean"),
        "deviation": ("标准差", "Deviation"),
        "schools": ("学校数", "Schools"),
    }
    table(
        shown, caption=caption, headings=headings, classes=marked(shown, "state", rows["state"]), basis=basis
    )


def shortfall_table(
    short: pd.DataFrame, package: Package, caption: tuple[str, str], basis: Iterable[str] = ()
) -> None:
    """Show, for each level and resource, how many schools are short and by how much in all."""
    keys = ["level", "indicator"]
    sums = short.groupby(keys, sort=False).agg(
        schools=("code", "size"), to_threshold=("to_threshold", "sum"), to_floor=("to_floor", "sum")
    )
    order = pd.MultiIndex.from_product([LEVEL, balance.RESOURCES["indicator"]], names=keys)
    rows = sums.reindex(order.intersection(sums.index, sort=False)).reset_index()
    units = rows["indicator"].map(UNIT)
    shown = pd.DataFrame(
        {
            "indicator": rows["indicator"].map(codes.names(package.indicators)),
            "level": [word(LEVEL, level) for level in rows["level"]],
            "schools": rows["schools"].astype("str"),
            "to_threshold": amounts(rows["to_threshold"], units),
            "to_floor": amounts(rows["to_floor"], units),
        }
    )
    headings = {
        "indicator": ("指标", "Indicator"),
        "level": ("学段", "Level"),
        "schools": ("不足的学校", "Schools short"),
        "to_threshold": ("补到标准共缺", "Short of the threshold"),
        "to_floor": ("补到余项下限共缺", "Short of the floor"),
    }
    table(shown, caption=caption, headings=headings, basis=basis)


def amounts(values: pd.Series, units: pd.Series) -> list[str]:
    """Whole amounts with their units: ``12 persons``; – for nothing."""
    return [words.figure(value, unit, 0) if value else "–" for value, unit in zip(values, units, strict=True)]


def resource_texts(rows: pd.DataFrame, column: str, sign: str) -> pd.Series:
    """What each school lacks or gets in one text, by code and level: ``sports area −1,805 m²; …``."""
    units = rows["indicator"].map(UNIT)
    if current() == "en":  # two teachers are not "teachers 2 persons"
        units = units.where(~units.isin(["人", "间"]), "")
    figures = amounts(rows[column], units)
    named = [
        f"{word(RESOURCE, name)} {sign}{figure}"
        for name, figure in zip(rows["indicator"], figures, strict=True)
    ]
    comma = tr("；", "; ")
    return rows.assign(text=named).groupby(["code", "level"], sort=False)["text"].agg(comma.join)


def schools_table(
    evaluated: pd.DataFrame, short: pd.DataFrame, caption: tuple[str, str], basis: Iterable[str] = ()
) -> None:
    """Show each school that does not pass: what it lacks to the thresholds, resource by resource."""
    lacks = resource_texts(short, "to_threshold", "−")
    rows = evaluated[evaluated["status"].isin(["fails", "open"])]
    place = pd.MultiIndex.from_frame(rows[["code", "level"]])
    shown = pd.DataFrame(
        {
            "school": school_names(rows),
            "level": [word(LEVEL, level) for level in rows["level"]],
            "students": rows["students"].map(lambda value: words.number(value, 0)),
            "status": [word(STATE, status) for status in rows["status"]],
            "met": [f"{met}/{len(RESOURCE)}" for met in rows["met"]],
            "lacks": lacks.reindex(place).fillna("–").to_numpy(),
        }
    )
    headings = {
        "school": ("学校", "School"),
        "level": ("学段", "Level"),
        "students": ("学生", "Pupils"),
        "status": ("判断", "Verdict"),
        "met": ("达标项", "Met"),
        "lacks": ("离标准还缺", "Short of the thresholds"),
    }
    table(
        shown,
        caption=caption,
        headings=headings,
        classes=marked(shown, "status", rows["status"]),
        basis=basis,
    )


def items_table(verdict: balance.Verdict, package: Package, caption: tuple[str, str]) -> None:
    """Show every standard outside resources with what it demands, what is known, and its state."""
    rows, name = verdict.items, codes.names(package.indicators)
    unit = measures.units(package.indicators)
    level = {level: codes.LEVEL[level] for level in (*LEVEL, "nine-and-twelve-year")}
    shown = []
    for row in rows.to_dict("records"):
        of_level = f" · {word(level, row['level'])}" if row["level"] in level else ""
        demand = words.dated(row["threshold"], unit[row["indicator"]], None, row["comparator"])
        known = word(_ANSWER, row["answer"]) if pd.notna(row["answer"]) else "–"
        shown.append(
            {
                "item": row["item"],
                "indicator": name[row["indicator"]] + of_level,
                "state": word(STATE, row["state"]),
                "demand": demand,
                "known": words.figure(row["value"], unit[row["indicator"]])
                if pd.notna(row["value"])
                else known,
                "source": "–" if pd.isna(row["source"]) else word(_SOURCE, row["source"]),
            }
        )
    frame = pd.DataFrame(shown)
    headings = {
        "item": ("条目", "Article"),
        "indicator": ("指标", "Indicator"),
        "state": ("判断", "Verdict"),
        "demand": ("标准", "Standard"),
        "known": ("现状", "Figure or answer"),
        "source": ("依据", "From"),
    }
    trace = [{"demand": [row_id]} for row_id in rows["id"]]
    classes = marked(frame, "state", rows["state"])
    table(frame, caption=caption, headings=headings, classes=classes, trace=trace)
