"""A data package as reports quote it: what a stored row says, where it stands, how good and how new it is."""

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


class Quoted:
    """A data package: ``reportkit.source.Data``."""

    def __init__(self, folder: Path):
        self._package = load(folder)
        self.path = self._package.path
        documents, regions = self._package.documents.set_index("id"), self._package.regions.set_index("code")
        self._titles = documents[["title_zh", "title_en"]].to_dict()
        known = documents[["number", "issued"]].fillna("").itertuples()
        self._imprints = {row.Index: " · ".join(filter(None, row[1:])) for row in known}
        self._regions = regions[["name_zh", "name_en"]].to_dict()
        self._made_up = set(documents.index[documents["type"].eq("synthetic")])

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
        """Name of a region given by code or name; KeyError where the package has none such."""
        return self._regions[f"name_{of_data()}"][self._package.region_code(name)]

    def document(self, row: str) -> str:
        """Title of a document; nothing where the package has none such."""
        return self._titles[f"title_{of_data()}"].get(row, "")

    def topic(self, parameters: Mapping[str, Any]) -> str:
        """What a report is about beside its region: the title of its document, or the name of its fund."""
        if document := parameters.get("document"):
            return self.document(document)
        schemes = labels.LABELS["scheme"]
        return word(schemes, scheme) if (scheme := parameters.get("scheme")) in schemes else ""

    def quote(self, row: str) -> Quote | None:
        """What a stored row says, where it stands and how good it is."""
        stored = self._stored.get(row)
        if stored is None:
            return None
        locator, remark = (
            "" if pd.isna(stored[key]) else stored[key] for key in ("locator", f"note_{of_data()}")
        )
        said = region = ""
        if stored["table"] != "documents":
            said = codes.said(stored)
            region = self._regions[f"name_{of_data()}"].get(stored["region"], "")
        document = Document(self.document(stored["document"]), self._imprints[stored["document"]])
        return Quote(said, region, document, locator, codes.grade(stored), remark)

    def age(self, rows: Iterable[str], region: str, as_of: str) -> str:
        """The periods of the newest actuals among some rows: of a region, and elsewhere; see ``newest``."""
        code = self._package.region_code(region) if region else ""
        quoted = [self._stored[row] for row in rows]
        own, beside = newest(quoted, self._stored.values(), code, as_of)
        text = tr(f"最新实绩 {own}", f"newest actual {own}") if own else tr("无本地实绩", "no local actual")
        if beside and not (own and periods.end(own) >= periods.end(beside)):
            text += aside(tr(f"别处 {beside}", f"elsewhere {beside}"))
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

    `quoted` and `stored` are rows of ``figures.stored``: those quoted, and all. Where promises are quoted,
    only figures of what is promised count, not others beside. A report about all regions (an empty code)
    counts what is promised anywhere, whether it quotes the figure or not. Figures later than `as_of` do not
    count.
    """
    quoted = list(quoted)
    if not region and any(row["table"] == "targets" for row in quoted):
        quoted = list(stored)
    promised = {row["indicator"] for row in quoted if row["table"] == "targets"}
    own, others = [], []
    for row in quoted:
        if row["table"] not in _ACTUALS or pd.isna(row["period"]):
            continue
        if promised and row["table"] == "observations" and row["indicator"] not in promised:
            continue
        period = row["period"].split("/")[-1]
        if periods.end(period) <= periods.end(as_of):
            elsewhere = region and pd.notna(row["region"]) and row["region"] != region
            (others if elsewhere else own).append((periods.end(period), period))
    return tuple(max(found)[1] if found else None for found in (own, others))
