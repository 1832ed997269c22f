"""A document's figures as drafted rows, with the source of each field."""

import re
from collections.abc import Iterator

import pandas as pd

from plan_monitor.reading import frame, periods, places
from plan_monitor.reading.frame import Frame
from plan_monitor.reading.matching import Catalogue
from plan_monitor.reading.passages import Passage, Table
from plan_monitor.reading.places import Places
from plan_monitor.reading.rows import Row
from plan_monitor.reading.sentences import Paragraph
from plan_monitor.reading.tables import Grid, TableFigure

_MATCHED = ("level", "share", "index", "ratio")
_NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十]+[章节编]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、]|专栏\d*)\s*"
)
_TOPIC = 12


def read(
    parts: list[Passage | Table],
    *,
    region: str = "",
    year: int | None = None,
    until: int | None = None,
    regions: pd.DataFrame | None = None,
    indicators: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The drafted rows of a file, in the order of its text.

    Parameters
    ----------
    parts : list of Passage and Table
        The file's text, of ``passages.read`` or ``source.read``; a gazette's documents are told apart.
    region, year, until
        The region that the documents are about, the year that they look back on and the last year that they
        plan; taken from title, number and date where not given.
    regions, indicators : DataFrame, optional
        Those of a package.

    Returns
    -------
    DataFrame
        The columns of ``rows.Row``, all text but ``start``.
    """
    regions = pd.DataFrame() if regions is None else regions
    catalogue = Catalogue(indicators)
    rows: list[Row] = []
    for document in frame.documents(parts):
        outline = frame.propose(document, year, until)
        document_places = Places(
            regions, region or places.propose_region([outline.title, *frame.head(document)], regions)
        )
        rows += [
            row._replace(document=outline.title)
            for row in _rows(document, outline, document_places, catalogue)
        ]
    return pd.DataFrame(rows, columns=list(Row._fields))


def _rows(
    parts: list[Passage | Table], outline: Frame, document_places: Places, catalogue: Catalogue
) -> Iterator[Row]:
    for part in parts:
        heading_period = periods.heading_period(part.path, outline.clock)
        if isinstance(part, Passage):
            rows = Paragraph(part, outline, document_places, heading_period).rows()
        else:
            rows = _table_rows(part, outline, document_places, heading_period)
        for row in rows:
            yield _matched(row, catalogue, _topic(part.path))


def _topic(path: tuple[str, ...]) -> str:
    """What the nearest heading is about, where it is short."""
    topic = _NUMBERING.sub("", path[-1]) if path else ""
    return topic if len(topic) <= _TOPIC else ""


def _matched(row: Row, catalogue: Catalogue, topic: str) -> Row:
    """A row with the indicator of the catalogue that its name is, and the fields that need a look."""
    if row.indicator_zh and row.kind in _MATCHED:
        result = catalogue.find(row.indicator_zh, row.unit, topic)
        source = row.indicator_from if not result.id else "catalogue" if result.certain else "alike"
        nearest = "；".join(f"{code} {name}" for code, name in result.nearest)
        row = row._replace(indicator=result.id, indicator_from=source, nearest=nearest)
    doubtful = {
        "indicator": not row.indicator_zh or row.indicator_from in ("composed", "alike"),
        "period": not row.period,
        "unit": row.unit_from in ("", "guess", "list", "group"),
        "region": not row.region,
    }
    return row._replace(look=" ".join(field for field, doubt in doubtful.items() if doubt))


def _table_rows(table: Table, outline: Frame, document_places: Places, heading_period: str) -> Iterator[Row]:
    title = next((line for line in reversed(table.above) if "单位" not in line), "")
    path = table.path if not title or title in table.path else (*table.path, title)
    grid = Grid(table, outline.clock, heading_period, document_places.is_region)
    for figure in grid.figures():
        if isinstance(figure, TableFigure):
            row = _cell_row(figure, document_places)
            locator = " · ".join(part for part in (*path, row.locator) if part)
            role = _role(figure, path, outline, grid.years)
            named = row._replace(indicator_zh=row.indicator_zh or title)
            yield named._replace(locator=locator, role=role)
        else:
            passage, label = figure
            yield from Paragraph(
                passage._replace(path=path), outline, document_places, heading_period, label
            ).rows()


def _cell_row(figure: TableFigure, document_places: Places) -> Row:
    """The row of a figure in a table, from what its row and column say."""
    heading = figure.heading
    region = document_places.of_label(heading.region or figure.label)
    label = "" if figure.timed or (region and not heading.region) else figure.label
    growth = bool(heading.growth)
    return Row(
        start=figure.start,
        quote=f"{figure.label} | {heading.text} | {figure.comparator}{figure.value}",
        role="",
        role_from="heading" if heading.promised is not None else "time",
        value=figure.value,
        value_signed=f"-{figure.value}" if figure.negative else figure.value,
        comparator=figure.comparator,
        unit=figure.unit,
        unit_from=figure.unit_from,
        indicator_zh=label + (heading.name if heading.name != label else ""),
        indicator_from="row",
        region=region or document_places.document_region,
        region_from=("heading" if heading.region else "row") if region else "document",
        period=figure.period,
        period_from=figure.period_from,
        kind="growth" if growth else "rank" if figure.unit == "位" else "level",
        base_period=str(int(figure.period[:4]) - 1) if growth and figure.period[:4].isdigit() else "",
        attribute=figure.attribute,
        locator=" · ".join(part for part in (figure.label, heading.text) if part),
    )


def _role(figure: TableFigure, path: tuple[str, ...], outline: Frame, years: list[int]) -> str:
    """Target or observation; in a plan's table of targets over several years the first is the baseline."""
    heading = figure.heading
    if heading.promised is not None and (heading.with_period or not heading.period):
        return "target" if heading.promised else "observation"
    last = int(figure.period[-4:]) if re.search(r"\d{4}$", figure.period) else None
    if not last or not outline.clock.year:
        return "target" if outline.kind == "plan" else "observation"
    aims = outline.kind == "plan" and len(years) > 3 and any("目标" in name for name in path)
    base = min(years[0], outline.clock.year) if aims else outline.clock.year
    return "target" if last > base else "observation"
