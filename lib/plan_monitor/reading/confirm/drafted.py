"""A file's figures drafted for a person to decide on, with clashes and earlier decisions marked."""

import hashlib
import re
from typing import NamedTuple

import pandas as pd

from plan_monitor.intake.take import titles
from plan_monitor.reading import draft as drafting
from plan_monitor.reading import frame, places
from plan_monitor.reading.confirm import known
from plan_monitor.reading.confirm.columns import COLUMNS, TYPES
from plan_monitor.reading.confirm.times import iso
from plan_monitor.reading.confirm.units import converted
from plan_monitor.reading.frame import Frame
from plan_monitor.reading.passages import Passage, Table
from plan_monitor.reading.source import Source
from plan_monitor.settle import defaults, labels
from plan_monitor.settle.names import Names
from plan_monitor.settle.regions import Regions

_DIGITS = re.compile(r"\d+(?:[.,，．]\d+)*")
_FOOTNOTE = re.compile(r"(?:\[\d+\]|[①-⑳*＊])+$")
_SYNTHETIC = "synthetic"


class Given(NamedTuple):
    """What a person states about a document; empty fields are taken from its text."""

    region: str = ""
    year: int | None = None
    until: int | None = None
    part: str = ""  # of the year that it looks back on: "H1", "Q3", "-01/-05"
    document: str = ""

    def frame(self, parts: list[Passage | Table]) -> Frame:
        """The frame of a document: as given, else as proposed from its text."""
        proposed = frame.propose(parts, self.year, self.until)
        return proposed._replace(clock=proposed.clock._replace(part=self.part)) if self.part else proposed


class Drafted(NamedTuple):
    """The figures of a file, drafted.

    rows : a row for each figure, ``columns.COLUMNS``, all text; those that need a look first.
    frames : what is known of each document of the file.
    region : the name of the region that the first document is about; "" where unknown.
    placed : whether the divisions, or the package, have a region of that name.
    digits : how many numbers in the text are not figures: dates, numbers of documents and lists.
    """

    rows: pd.DataFrame
    frames: list[Frame]
    region: str
    placed: bool
    digits: int


def digest(text: str) -> str:
    """A digest of a text, to tell it from others: 12 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def draft(source: Source, given: Given, tables: dict[str, pd.DataFrame] | None = None) -> Drafted:
    """The figures of a document as rows to decide on.

    Parameters
    ----------
    source : Source
        The text of a file, as ``source.read`` gives it.
    given : Given
    tables : dict of str to DataFrame, optional
        Tables of a package: ``documents``, ``regions``, ``indicators`` and ``readings``.
    """
    tables = tables or {}
    regions = tables.get("regions", pd.DataFrame())
    documents = frame.documents(source.parts)
    frames = [given.frame(parts) for parts in documents]
    region = given.region or places.propose_region([frames[0].title, *frame.head(documents[0])], regions)
    is_known = (
        Regions(regions.to_dict("records")).find(region, near=False).id is not None if region else False
    )
    pieces = [
        _document(parts, known_frame, given, tables)
        for parts, known_frame in zip(documents, frames, strict=True)
    ]
    rows = pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame(columns=list(COLUMNS))
    rows = rows.assign(digest=digest(source.text)).reindex(columns=list(COLUMNS))
    rows = known.with_known(_with_clashes(rows.astype(object).fillna("")), tables)
    return Drafted(_in_order(rows), frames, region, is_known, _other_numbers(source.text, rows))


def _document(
    parts: list[Passage | Table], known_frame: Frame, given: Given, tables: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    """The rows of one document, with the columns about the document."""
    rows = drafting.read(
        parts,
        region=given.region,
        year=given.year,
        until=given.until,
        regions=tables.get("regions"),
        indicators=tables.get("indicators"),
    ).astype({"start": str})
    if given.part:
        rows.loc[rows["period_from"].eq("document"), "period"] = known_frame.clock.period
    head = frame.head(parts)
    title = given.document or _FOOTNOTE.sub("", known_frame.title)
    return rows.assign(
        document=_title(title, tables.get("documents")),
        type=_type(known_frame.kind, title),
        number=next(filter(None, map(titles.number, head)), ""),
        issued=next(filter(None, map(titles.issued, head)), ""),
        years=_years(known_frame),
    )


def _title(document: str, documents: pd.DataFrame | None) -> str:
    """The title of a document of the package, by its id, title or number; else the text itself."""
    if documents is None or documents.empty or not document:
        return document
    rows = documents.reindex(columns=["id", "title_zh", "number"]).astype(object).fillna("")
    names = Names((row.id, (row.title_zh, row.number)) for row in rows.itertuples())
    id_ = names.find(document.strip("《》"), near=False).id
    return names.shown[id_] if id_ else document


def _type(kind: str, title: str) -> str:
    return _SYNTHETIC if defaults.kind_of_document(title) == _SYNTHETIC else TYPES[kind]


def _years(known_frame: Frame) -> str:
    """The period of a document: the years planned, else the year that it looks back on."""
    if known_frame.kind == "plan" and known_frame.clock.plan:
        first, last = known_frame.clock.plan
        return str(first) if first == last else f"{first}/{last}"
    return iso(known_frame.clock.period)


def _with_clashes(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with a mark for a look at those of one thing that differ in value or unit."""
    key_columns = ["document", "role", "name", "region", "period", "kind", "base_period"]
    names = rows["indicator"].where(rows["indicator"].ne(""), rows["indicator_zh"].map(labels.key))
    looks = {place: one.split() for place, one in rows["look"].items()}
    for _, group in rows.assign(name=names).groupby(key_columns, sort=False):
        value, unit = group["value"].iloc[0], group["unit"].iloc[0]
        values = [converted(row.value, row.unit, unit) for row in group.itertuples()]
        if None in values:
            _add(looks, group.index, "unit")
        elif any(float(one) != float(value) for one in values):
            _add(looks, group.index, "value")
    return rows.assign(look=pd.Series({place: " ".join(one) for place, one in looks.items()}, dtype=object))


def _add(looks: dict[int, list[str]], places_: pd.Index, name: str) -> None:
    for place in places_:
        if name not in looks[place]:
            looks[place].append(name)


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows in this order: changed, in need of a look, certain, decided before."""
    rank = rows["look"].eq("").astype(int) + 2 * rows["known"].eq("known")
    rank = rank.where(rows["known"].ne("changed"), -1)
    order = rows.assign(rank=rank, at=rows["start"].astype(int)).sort_values(["rank", "at"], kind="stable")
    return rows.loc[order.index].reset_index(drop=True)


def _other_numbers(text: str, rows: pd.DataFrame) -> int:
    """How many numbers in a text belong to no row."""
    figures = set(rows["start"].astype(int))
    return sum(figures.isdisjoint(range(*match.span())) for match in _DIGITS.finditer(text))
