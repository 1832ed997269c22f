"""Tables that statistical offices exchange, where every figure names what it is: World Bank CSV and SDMX-CSV.

Both are plain CSV with agreed headings, so that no library is needed to read them.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from plan_monitor.grid.sheets import Sheet
from plan_monitor.intake.take.context import Options
from plan_monitor.intake.take.drafts import Document, Figure, Left, Shape, Taken
from plan_monitor.settle import defaults, spans
from plan_monitor.settle.quantity import Refused, quantity

_WORLD_BANK = ("Country Name", "Country Code", "Indicator Name", "Indicator Code")
_INDICATOR = ("INDICATOR", "SERIES", "MEASURE", "SUBJECT")  # the dimension that names what is measured
_AREA = ("REF_AREA", "GEO")
_NO_INDICATOR = {"DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "FREQ", *_AREA}
_AREAS = {"CN": "中国", "CHN": "中国"}  # ISO 3166
_UNITS = {"PT": "%", "PC": "%", "PERCENT": "%", "PS": "人", "PERS": "人", "NUMBER": "", "NR": "", "_Z": ""}
_MULTIPLIERS = {"": "", "0": "", "3": "千", "4": "万", "6": "百万", "8": "亿", "9": "十亿"}
# code list CL_OBS_STATUS: quality and remark of what is taken
_STATUS = {
    "A": ("B", "", ""),
    "E": ("B", "估计数", "Estimated"),
    "P": ("B", "初步数", "Provisional"),
    "I": ("B", "插补数", "Imputed"),
    "B": ("B", "与此前数据不可比", "Break in the series"),
    "D": ("B", "定义与其他数不同", "Differs in definition"),
    "R": ("B", "修订数", "Revised"),
    "U": ("C", "可靠性低", "Low reliability"),
    "N": ("C", "统计上不显著", "Not significant"),
}
_NONE = {"M", "L", "O", "Q", "NaN"}  # missing, or suppressed


class Observation(NamedTuple):
    """One observation as an exchange format states it; ``status`` is a code of CL_OBS_STATUS, or empty."""

    indicator: str
    region: str
    period: str
    value: str
    unit: str
    status: str
    locator: str


def draft_observations(
    observations: Iterable[Observation],
    document: Document,
    place: str,
    title: str,
    shape: dict[str, str],
    options: Options,
) -> Taken:
    """Drafted rows of the observations in known regions, and the others with the reason.

    `place` and `title` are those of the table, `shape` is how it was understood.
    A file of the whole world holds hundreds of countries: all unknown regions together get one reason.
    """
    figures, left, empty = [], [], 0
    unknown_regions: dict[str, None] = {}  # in their order
    for observation in observations:
        region = _AREAS.get(observation.region, observation.region) or options.region or ""
        if not region or not options.places.is_region(region):
            unknown_regions[region] = None
            continue
        if not observation.value or observation.status in _NONE:
            empty += 1
            continue
        try:
            figures.append(_figure(observation, region, document))
        except Refused as refused:
            left.append(Left(observation.locator, observation.value, refused.expected))
    if unknown_regions:
        examples = "、".join(name for name in list(unknown_regions)[:3] if name)
        expected = {
            "zh": f"{len(unknown_regions)} 个国家或地区不在行政区划和数据包之内；不取",
            "en": f"{len(unknown_regions)} countries or regions are neither among the divisions nor in "
            "the package; not taken",
        }
        left.append(Left(place, examples, expected))
    return Taken(figures, [document], [Shape(place, title, shape, document.title, len(figures))], left, empty)


def _figure(observation: Observation, region: str, document: Document) -> Figure:
    if observation.status == "F":
        raise Refused("预测数不是实际数；不取", "a forecast is no actual; not taken")
    if observation.status and observation.status not in _STATUS:
        raise Refused(
            f"不认识的状态代码 {observation.status}；应为 CL_OBS_STATUS 的代码",
            f"the status {observation.status} is not known; expected a code of CL_OBS_STATUS",
        )
    if not observation.indicator:
        raise Refused("没有说是什么指标", "expected the name of the indicator; there is none")
    figure = quantity(observation.value)
    quality, zh, en = _STATUS[observation.status or "A"]
    return Figure(
        table="observations",
        document=document.title,
        indicator=observation.indicator,
        region=region,
        period=spans.period(observation.period),
        comparator=figure.comparator or "=",
        value=figure.number,
        unit=figure.unit or observation.unit,
        kind="",
        attribute="",
        base_period="",
        quality=quality,
        as_printed="",
        locator=observation.locator,
        note_zh=zh,
        note_en=en,
    )


def source_document(title: str, issuer: str, issued: str, texts: Iterable[str]) -> Document:
    """The document of exchanged figures; synthetic where its title or a text about it says so."""
    made_up = any(defaults.kind_of_document(text) == "synthetic" for text in (title, *texts))
    kind = "synthetic" if made_up else "statistics"
    return Document(title, kind, "", issuer, issued, "", defaults.domain(title))


def is_world_bank(sheet: Sheet) -> bool:
    """Whether a sheet is a table of the World Bank's indicators."""
    return _header(sheet) is not None


def _header(sheet: Sheet) -> int | None:
    """Where the heading of a World Bank table stands: below a few lines on the file."""
    for number, row in enumerate(sheet.rows[:8]):
        if tuple(cell.strip() for cell in row[:4]) == _WORLD_BANK:
            return number
    return None


def world_bank(sheet: Sheet, options: Options) -> Taken:
    """The figures of a World Bank table: a row a country and indicator, a column a year."""
    header = _header(sheet)
    assert header is not None, "it was looked for before"
    preamble = {row[0].strip(): row[1].strip() for row in sheet.rows[:header] if len(row) > 1}
    source = preamble.get("Data Source", "World Development Indicators")
    years = [
        (column, year)
        for column, year in enumerate(cell.strip() for cell in sheet.rows[header])
        if re.fullmatch(r"\d{4}", year)
    ]

    def observations() -> Iterator[Observation]:
        for number, row in enumerate(sheet.rows[header + 1 :], start=header + 2):
            if not any(cell.strip() for cell in row):
                continue
            name = row[2].strip()
            unit = "%" if re.search(r"\((?:annual )?%", name) else ""
            for column, year in years:
                locator = _place(sheet, number, year)
                yield Observation(name, row[0].strip(), year, row[column].strip(), unit, "", locator)

    title = options.document or f"World Bank: {source}"
    document = source_document(title, "World Bank", preamble.get("Last Updated Date", ""), preamble.values())
    shape = {"zh": "世界银行数据，每列为年份", "en": "World Bank data, a column is a year"}
    return draft_observations(observations(), document, _sheet(sheet), title, shape, options)


def is_sdmx(sheet: Sheet) -> bool:
    """Whether a sheet is SDMX-CSV."""
    return bool(sheet.rows) and {"TIME_PERIOD", "OBS_VALUE"} <= {_code(cell) for cell in sheet.rows[0]}


def sdmx(sheet: Sheet, options: Options) -> Taken:
    """The observations of an SDMX-CSV file, version 1 or 2, with codes or with codes and names."""
    columns = {_code(cell): column for column, cell in enumerate(sheet.rows[0]) if cell.strip()}
    dimensions = [*columns][: [*columns].index("TIME_PERIOD")]  # the dimensions come first
    indicator_columns = [name for name in _INDICATOR if name in columns][:1]
    indicator_columns = indicator_columns or [name for name in dimensions if name not in _NO_INDICATOR]

    def observations() -> Iterator[Observation]:
        for number, row in enumerate(sheet.rows[1:], start=2):
            values = {name: row[column].strip() for name, column in columns.items()}
            if not any(values.values()):
                continue
            period = values["TIME_PERIOD"]
            yield Observation(
                " · ".join(_name(values[name]) for name in indicator_columns if values[name]),
                _name(next((values[name] for name in _AREA if values.get(name)), "")),
                re.sub(r"-(Q[1-4])$", r"\1", period),
                values["OBS_VALUE"],
                _unit(values.get("UNIT_MEASURE", ""), values.get("UNIT_MULT", "")),
                _code(values.get("OBS_STATUS", "")),
                _place(sheet, number, period),
            )

    first_values = (
        dict(zip(columns, (sheet.rows[1][index] for index in columns.values()), strict=True))
        if sheet.rows[1:]
        else {}
    )
    dataflow = first_values.get("DATAFLOW") or first_values.get("STRUCTURE_ID", "")
    title = options.document or f"SDMX {dataflow or sheet.file}"
    issuer = dataflow.split(":")[0] if re.match(r"\w+:\w+\(", dataflow) else ""
    document = source_document(title, issuer, "", first_values.values())
    shape = {"zh": "SDMX-CSV，每行为一个数", "en": "SDMX-CSV, a row is a figure"}
    return draft_observations(observations(), document, _sheet(sheet), title, shape, options)


def _place(sheet: Sheet, row: int, period: str) -> str:
    return f"{_sheet(sheet)} · 第{row}行 · {period}"


def _sheet(sheet: Sheet) -> str:
    return sheet.file if sheet.name is None else sheet.name


def _code(text: str) -> str:
    """The code of a cell that may be a code, or a code and a name: ``CN: China``."""
    return text.partition(":")[0].strip()


def _name(text: str) -> str:
    """The name of such a cell; the code where there is no name."""
    return text.split(":", 1)[-1].strip()


def _unit(measure: str, multiplier: str) -> str:
    """A unit as Chinese statistics write it; a multiplier that has no word stays in front as a power."""
    code = _code(measure)
    unit = _UNITS.get(code.upper(), _name(measure))
    power = _code(multiplier)
    return _MULTIPLIERS.get(power, f"10^{power} ") + unit
