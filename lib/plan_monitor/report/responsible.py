"""Who answers for a promise, or would have its figure."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import NamedTuple

import pandas as pd

from plan_monitor.data.once import once
from plan_monitor.data.package import Package
from reportkit import words
from reportkit.language import Text, chosen, of_data, tr
from reportkit.table import Column

_ROLES = ("lead", "joint")  # who takes part answers for nothing
_OFFICIAL = "statistics"
_LONG = 16  # characters; a longer issuer is called what it is
# what an issuer is, behind the name of its region
_OFFICES = (("人民政府办公室", "{} government office"), ("人民政府", "{} government"))
_OFFICES += (("统计局", "{} statistics bureau"),)


ASKED = ["id", "document", "latest_id", "baseline_id"]  # columns that tell whom to ask, where a row has them


class Who(NamedTuple):
    """Whom to ask, and the stored rows that say so; of an issuer the name as its document has it."""

    name: str
    ids: list[str]
    issuer: str = ""


@once
def units(package: Package) -> dict[str, pd.DataFrame]:
    """The units that answer for each promise, by its id: those that lead; where none does, all together.

    Rows of the table ``responsibilities``. What is said of a promise holds wherever its document repeats it
    (``restates``).
    """
    rows = package.responsibilities
    rows = rows[rows["role"].isin(_ROLES)]
    leads = rows["role"].eq("lead").groupby(rows["promise"]).transform("any")
    known = dict(list(rows[rows["role"].eq("lead") | ~leads].groupby("promise", sort=False)))
    again = package.targets.set_index("id")["restates"].dropna()
    for one, other in [*again.items(), *zip(again, again.index, strict=True)]:
        if other in known:
            known.setdefault(one, known[other])
    return known


def column(promises: Iterable[str], package: Package, most: int = 2) -> Column:
    """The units that answer for some promises (ids), as a column of a table that is left out without any."""
    known = units(package)
    each = [known.get(promise) for promise in promises]
    return Column(
        ("责任单位", "Responsible"),
        [words.NOTHING if rows is None else _named(rows, most) for rows in each],
        [[] if rows is None else list(rows["id"]) for rows in each],
        optional=True,
    )


def asked(package: Package) -> Callable[[Mapping], Who]:
    """Whom to ask about a promise (a row of ``promises.judge`` or of the milestones).

    It is who leads, or who is named first; where the document names nobody, who published the figure that the
    promise is judged by, if that was another document than the one that makes it; else who issued that.
    """
    known, documents = units(package), package.documents.set_index("id")
    issuer, named = documents["issuer"].fillna("").to_dict(), issuers(package)
    official = documents["type"].eq(_OFFICIAL).to_dict()
    source = package.observations.set_index("id")["document"].to_dict()

    def whom(promise: Mapping) -> Who:
        rows = known.get(promise["id"])
        if rows is not None:
            return Who(_named(rows, 1), list(rows["id"]))
        for figure in (promise.get("latest_id"), promise.get("baseline_id")):
            document = None if pd.isna(figure) else source.get(figure.split(", ")[0])
            if document and official[document] and issuer[document]:
                return named(document, ("公布单位", "publisher"))
        return named(promise["document"])

    return whom


def _named(rows: pd.DataFrame, most: int) -> str:
    """The first of some units, and that there are more."""
    names = list(rows[f"unit_{of_data()}"])
    more = tr("等", " and others") if len(names) > most else ""
    return tr("、", "; ").join(names[:most]) + more


def issuers(package: Package) -> Callable[..., Who]:
    """What to call who issued a document (its id), and what else to call one whose name is not known.

    Of several that issued it together it is the last; in English by the name of its region and what it is,
    where that can be told of its name, else by the name as the document has it.
    """
    issuer = package.documents.set_index("id")["issuer"].fillna("").to_dict()
    place = dict(zip(package.regions["name_zh"], package.regions["name_en"], strict=True))

    @cache
    def english(name: str) -> str:
        for ending, office in _OFFICES:
            of = name.removesuffix(ending)
            inside = [region for region in place if of != name and of.endswith(region)]
            if inside:
                return office.format(place[max(inside, key=len)])
        return ""

    def who(document: str, otherwise: Text = ("发文机关", "issuer")) -> Who:
        name = issuer.get(document, "")
        last = "".join(name.split()[-1:])
        if not last or (of_data() == "zh" and len(last) > _LONG):
            return Who(chosen(otherwise), [], name)
        return Who(tr(last, english(last) or f"{chosen(otherwise)} ({last})"), [], name)

    return who
