"""Who is responsible for a promise, or has its figure."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import NamedTuple

import pandas as pd

from plan_monitor.data.once import once
from plan_monitor.data.package import Package
from reportkit import words
from reportkit.language import Text, chosen, of_data, tr
from reportkit.table import Column

_ROLES = ("lead", "joint")  # supporting units are not responsible
_OFFICIAL = "statistics"
_LONG = 16  # characters; an issuer with a longer name is called by its kind
# kinds of issuers, after the name of the region
_OFFICES = (("人民政府办公室", "{} government office"), ("人民政府", "{} government"))
_OFFICES += (("统计局", "{} statistics bureau"),)


ASKED = ["id", "document", "latest_id", "baseline_id"]  # columns that tell whom to ask, where a row has them


class Contact(NamedTuple):
    """Whom to ask, and the ids of rows that say so; for an issuer also its name in the document."""

    name: str
    ids: list[str]
    issuer: str = ""


@once
def units(package: Package) -> dict[str, pd.DataFrame]:
    """The units responsible for each promise, by its id: those that lead or, if none does, all jointly.

    Rows of the table ``responsibilities``. They also hold for other targets that restate the promise
    (``restates``).
    """
    rows = package.responsibilities
    rows = rows[rows["role"].isin(_ROLES)]
    leads = rows["role"].eq("lead").groupby(rows["promise"]).transform("any")
    units_by_promise = dict(list(rows[rows["role"].eq("lead") | ~leads].groupby("promise", sort=False)))
    repeats = package.targets.set_index("id")["restates"].dropna()
    for repeat, original in [*repeats.items(), *zip(repeats, repeats.index, strict=True)]:
        if original in units_by_promise:
            units_by_promise.setdefault(repeat, units_by_promise[original])
    return units_by_promise


def column(promises: Iterable[str], package: Package, most: int = 2) -> Column:
    """The units responsible for some promises (ids), as a column that is left out if there are none."""
    units_by_promise = units(package)
    units_of_rows = [units_by_promise.get(promise) for promise in promises]
    return Column(
        ("责任单位", "Responsible"),
        [words.NOTHING if rows is None else _named(rows, most) for rows in units_of_rows],
        [[] if rows is None else list(rows["id"]) for rows in units_of_rows],
        optional=True,
    )


def contacts(package: Package) -> Callable[[Mapping], Contact]:
    """Whom to ask about a promise (a row of ``promises.judge`` or of the milestones).

    It is the unit that leads, or the first one named; if the document names nobody, the publisher of the
    figure that the promise is judged by, if it is a statistical publication; else the issuer of the document.
    """
    units_by_promise, documents = units(package), package.documents.set_index("id")
    issuer, issuer_of = documents["issuer"].fillna("").to_dict(), issuers(package)
    official = documents["type"].eq(_OFFICIAL).to_dict()
    source = package.observations.set_index("id")["document"].to_dict()

    def contact(promise: Mapping) -> Contact:
        rows = units_by_promise.get(promise["id"])
        if rows is not None:
            return Contact(_named(rows, 1), list(rows["id"]))
        for figure in (promise.get("latest_id"), promise.get("baseline_id")):
            document = None if pd.isna(figure) else source.get(figure.split(", ")[0])
            if document and official[document] and issuer[document]:
                return issuer_of(document, ("公布单位", "publisher"))
        return issuer_of(promise["document"])

    return contact


def _named(rows: pd.DataFrame, most: int) -> str:
    """The first of some units, and that there are more."""
    names = list(rows[f"unit_{of_data()}"])
    more = tr("等", " and others") if len(names) > most else ""
    return tr("、", "; ").join(names[:most]) + more


def issuers(package: Package) -> Callable[..., Contact]:
    """A function that names the issuer of a document (its id), with a default for unknown names.

    Of joint issuers it is the last; in English the name of its region and its kind, if the name shows it,
    else the name as in the document.
    """
    issuer = package.documents.set_index("id")["issuer"].fillna("").to_dict()
    place = dict(zip(package.regions["name_zh"], package.regions["name_en"], strict=True))

    @cache
    def english(name: str) -> str:
        for ending, office in _OFFICES:
            place_name = name.removesuffix(ending)
            inside = [region for region in place if place_name != name and place_name.endswith(region)]
            if inside:
                return office.format(place[max(inside, key=len)])
        return ""

    def contact(document: str, otherwise: Text = ("发文机关", "issuer")) -> Contact:
        name = issuer.get(document, "")
        last = "".join(name.split()[-1:])
        if not last or (of_data() == "zh" and len(last) > _LONG):
            return Contact(chosen(otherwise), [], name)
        return Contact(tr(last, english(last) or f"{chosen(otherwise)} ({last})"), [], name)

    return contact
