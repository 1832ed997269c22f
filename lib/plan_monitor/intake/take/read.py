"""Drafted rows from files as people have them."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path

import pandas as pd

from plan_monitor.grid import sheets
from plan_monitor.grid.sheets import Sheet, Unreadable
from plan_monitor.intake.take import context as surroundings
from plan_monitor.intake.take import cubes, exchange, layout
from plan_monitor.intake.take.blocks import blocks, side_by_side
from plan_monitor.intake.take.context import Context, Options
from plan_monitor.intake.take.drafts import Document, Left, Shape, Taken
from plan_monitor.intake.take.figures import figures
from plan_monitor.intake.take.places import Places
from plan_monitor.intake.take.rows import place
from plan_monitor.settle.names import aliases
from plan_monitor.settle.regions import Regions

_NO_TABLE = {
    "zh": "文件里没有表；应有一行表头，下面各行是数",
    "en": "expected a table, a heading with rows of figures below; the file has none",
}
_KINDS = ("synthetic", "plan", "statistics")  # of documents; the first that any of its tables tells


def read(
    files: Iterable[Path],
    *,
    document: str | None = None,
    region: str | None = None,
    regions: pd.DataFrame | None = None,
    indicators: pd.DataFrame | None = None,
    promised_from: str | None = None,
) -> Taken:
    """Draft rows of targets and observations from tables as people have them.

    Parameters
    ----------
    files : iterable of Path
        CSV files and workbooks with tables of any usual shape (wide by year, by region or by indicator, long,
        a plan's table of indicators, a yearbook's), exports of the database of the National Bureau of
        Statistics, World Bank CSV, SDMX-CSV, and JSON-stat (``.json``).
    document : str, optional
        Title of the document that all tables stand in; by default each table's own source or title.
    region : str, optional
        The region that all tables are about, where their rows do not name it; by default the one that the
        title begins with.
    regions, indicators : DataFrame, optional
        What the package knows already, as its tables of these names: regions, and units of indicators.
    promised_from : str, optional
        The first year whose figures are targets, where neither heading nor title tells.

    Returns
    -------
    Taken
        Drafted figures and documents, how each table was understood, and what was left with the reason.
    """
    units = {} if indicators is None else _units(indicators)
    places = _nation() if regions is None else Places(Regions(regions.to_dict("records")))
    options = Options(document, region, promised_from, places, units, date.today().year)
    pieces = [piece for file in map(Path, files) for piece in _file(file, options)]
    return Taken(
        [figure for piece in pieces for figure in piece.figures],
        _merged(document for piece in pieces for document in piece.documents),
        [shape for piece in pieces for shape in piece.shapes],
        [left for piece in pieces for left in piece.left],
        sum(piece.empty for piece in pieces),
    )


def _units(indicators: pd.DataFrame) -> dict[str, str]:
    """The unit of each indicator, by all its names."""
    rows = indicators.reindex(columns=["name_zh", "aliases", "unit"]).dropna(subset=["name_zh", "unit"])
    return {
        name: row["unit"]
        for row in rows.fillna("").to_dict("records")
        for name in (row["name_zh"], *aliases(row["aliases"]))
    }


@cache
def _nation() -> Places:
    """The places of all China, where no package adds its own."""
    return Places(Regions([]))


def _file(file: Path, options: Options) -> list[Taken]:
    try:
        if file.suffix.lower() == ".json":
            return cubes.read(file, options)
        stem = unicodedata.normalize("NFC", file.stem)  # macOS may take letters apart in names of files
        pieces = [piece for sheet in sheets.read(file) for piece in _sheet(sheet, stem, options)]
        return pieces or [_rejected(file.name, _NO_TABLE)]
    except Unreadable as unreadable:
        return [_rejected(file.name, unreadable.expected)]


def _rejected(place: str, expected: dict[str, str]) -> Taken:
    return Taken([], [], [], [Left(place, "", expected)], 0)


def _sheet(sheet: Sheet, stem: str, options: Options) -> list[Taken]:
    if not sheet.visible:
        expected = {
            "zh": "此工作表在文件中被隐藏；应取消隐藏后再取",
            "en": "the file hides this sheet; expected it shown, if it is to be taken",
        }
        return [_rejected(sheet.name or sheet.file, expected)]
    if exchange.is_world_bank(sheet):
        return [exchange.world_bank(sheet, options)]
    if exchange.is_sdmx(sheet):
        return [exchange.sdmx(sheet, options)]
    tables, headless = blocks(sheet)
    pieces: list[Taken] = []
    context: Context | None = None
    for block in chain.from_iterable(map(side_by_side, tables)):
        columns = layout.read(block, options.places.is_region)
        context = surroundings.read(block, context, stem, options, "attribute" in columns.keys)
        drafted_figures, left, empty = figures(block, columns, context)
        locator = place(block, block.header[0])
        if not columns.figures and block.body:
            left.append(Left(locator, block.title, columns.shape))
        shape = Shape(locator, block.title, columns.shape, context.document, len(drafted_figures))
        documents = (
            [context.drafted(any(figure.table == "targets" for figure in drafted_figures))]
            if drafted_figures
            else []
        )
        pieces.append(Taken(drafted_figures, documents, [shape], left, empty))
    if headless:
        expected = {
            "zh": f"{len(headless)} 行上方没有表头；应有一行写明各列是什么",
            "en": f"{len(headless)} rows have no heading above; expected a row that names the columns",
        }
        locator = f"{sheet.name or sheet.file} · 第{headless[0]}行"
        pieces.append(_rejected(locator, expected))
    return pieces


def _merged(documents: Iterable[Document]) -> list[Document]:
    """One draft for each document, with the cells from any of its tables."""
    merged: dict[str, Document] = {}
    for document in documents:
        earlier = merged.get(document.id, document)
        earlier = earlier._replace(
            type=next(kind for kind in _KINDS if kind in (earlier.type, document.type))
        )
        values = {name: getattr(earlier, name) or value for name, value in document._asdict().items()}
        merged[document.id] = Document(**values)
    return list(merged.values())
