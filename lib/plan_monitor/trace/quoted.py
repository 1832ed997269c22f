"""A data package as reports quote it: text, place, grade and age of stored rows."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from plan_monitor.data.descriptor import read_descriptor
from plan_monitor.data.figures import stored
from plan_monitor.data.package import load
from plan_monitor.report import codes
from plan_monitor.settle import labels
from reportkit import periods
from reportkit.language import of_data, tr, word
from reportkit.source import Document, Quote
from reportkit.words import aside

_ACTUALS = ("observations", "fund", "documents")  # schools and households are quoted by their document
_NO_ACTUALS = ("plan", "assumption")  # types of documents whose own period tells of no actual


class Quoted:
    """A data package: ``reportkit.source.Data``."""

    def __init__(self, folder: Path):
        self._package = load(folder)
        self.path = self._package.path
        documents, regions = self._package.documents.set_index("id"), self._package.regions.set_index("code")
        self._titles = documents[["title_zh", "title_en"]].to_dict()
        imprints = documents[["number", "issued"]].fillna("").itertuples()
        self._imprints = {row.Index: " · ".join(filter(None, row[1:])) for row in imprints}
        self._regions = regions[["name_zh", "name_en"]].to_dict()
        self._made_up = set(documents.index[documents["type"].eq("synthetic")])
        self._no_actuals = set(documents.index[documents["type"].isin(_NO_ACTUALS)])

    @cached_property
    def edition(self) -> str:
        """Version and date, as the descriptor states them."""
        descriptor = read_descriptor(self.path)
        return " ".join(str(descriptor[key])[:10] for key in ("version", "created") if key in descriptor)

    def rows(self, table: str, domain: str | None = None) -> pd.DataFrame:
        """Rows of a table, all or those of a domain's documents."""
        rows, documents = getattr(self._package, table), self._package.documents
        if domain is None:
            return rows
        return rows[rows["document"].isin(documents.loc[documents["domain"].eq(domain), "id"])]

    def region(self, name: str) -> str:
        """Name of a region given by code or name; KeyError if the package does not have it."""
        return self._regions[f"name_{of_data()}"][self._package.region_code(name)]

    def document(self, row: str) -> str:
        """Title of a document; empty if the package does not have it."""
        return self._titles[f"title_{of_data()}"].get(row, "")

    def topic(self, parameters: Mapping[str, Any]) -> str:
        """The topic of a report besides its region: the title of its document, or the name of its fund."""
        if document := parameters.get("document"):
            return self.document(document)
        schemes = labels.LABELS["scheme"]
        return word(schemes, scheme) if (scheme := parameters.get("scheme")) in schemes else ""

    def quote(self, row: str) -> Quote | None:
        """Text, place and grade of a stored row; None if there is no such row."""
        stored = self._stored.get(row)
        if stored is None:
            return None
        locator, remark = (
            "" if pd.isna(stored[key]) else stored[key] for key in ("locator", f"note_{of_data()}")
        )
        text = region = ""
        if stored["table"] != "documents":
            text = codes.description(stored)
            region = self._regions[f"name_{of_data()}"].get(stored["region"], "")
        document = Document(self.document(stored["document"]), self._imprints[stored["document"]])
        return Quote(text, region, document, locator, codes.grade(stored), remark)

    def age(self, rows: Iterable[str], region: str, as_of: str) -> str:
        """The periods of the newest actuals among some rows: of a region, and elsewhere; see ``newest``."""
        code = self._package.region_code(region) if region else ""
        quoted = [self._stored[row] for row in rows if row not in self._no_actuals]
        local, elsewhere = newest(quoted, self._stored.values(), code, as_of)
        text = (
            tr(f"最新实绩 {local}", f"newest actual {local}")
            if local
            else tr("无本地实绩", "no local actual")
        )
        if elsewhere and not (local and periods.end(local) >= periods.end(elsewhere)):
            text += aside(tr(f"别处 {elsewhere}", f"elsewhere {elsewhere}"))
        return text

    def synthetic(self, rows: Iterable[str]) -> bool:
        """Whether some rows are from a document of made-up figures."""
        return any(self._stored[row]["document"] in self._made_up for row in rows)

    @cached_property
    def _stored(self) -> dict[str, dict]:
        """Columns of each stored row, by its id."""
        return stored(self._package).to_dict("index")


def newest(
    quoted: Iterable[dict], stored: Iterable[dict], region: str, as_of: str
) -> tuple[str | None, str | None]:
    """Periods of the newest actuals that a report quotes: of a region, and of all others; None without.

    `quoted` and `stored` are rows of ``figures.stored``: those quoted, and all. If promises are quoted, only
    figures of the promised indicators count. A report about all regions (an empty code)
    counts what is promised anywhere, whether it quotes the figure or not; of documents, which may be plans,
    only those quoted. Figures later than `as_of` do not
    count.
    """
    quoted = list(quoted)
    if not region and any(row["table"] == "targets" for row in quoted):
        quoted += [row for row in stored if row["table"] != "documents"]
    promised = {row["indicator"] for row in quoted if row["table"] == "targets"}
    local, others = [], []
    for row in quoted:
        if row["table"] not in _ACTUALS or pd.isna(row["period"]):
            continue
        if promised and row["table"] == "observations" and row["indicator"] not in promised:
            continue
        period = row["period"].split("/")[-1]
        if periods.end(period) <= periods.end(as_of):
            elsewhere = region and pd.notna(row["region"]) and row["region"] != region
            (others if elsewhere else local).append((periods.end(period), period))
    return tuple(max(dated)[1] if dated else None for dated in (local, others))
