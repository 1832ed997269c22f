"""Who answers for a promise, or would have its figure."""

from collections.abc import Callable, Mapping

import pandas as pd

from plan_monitor.data.package import Package
from reportkit.language import chosen, of_data

_OFFICIAL = "statistics"
_LONG = 12  # characters; several issuers together are called what they are


def asked(package: Package) -> Callable[[Mapping], str]:
    """Whom to ask about a promise (a row of ``promises.judge`` or of the milestones).

    It is who published the figure that it is judged by, where that was another document than the one that
    makes the promise; else who issued the promise.
    """
    documents = package.documents.set_index("id")
    issuer = documents["issuer"].where(documents["issuer"].notna(), None)
    official = documents["type"].eq(_OFFICIAL)
    source = package.observations.set_index("id")["document"]

    def whom(promise: Mapping) -> str:
        for figure in (promise.get("latest_id"), promise.get("baseline_id")):
            document = None if pd.isna(figure) else source.get(figure.split(", ")[0])
            if document and official[document] and issuer[document]:
                return _known(issuer[document], ("公布单位", "the publisher"))
        return _known(issuer.get(promise["document"]), ("发文机关", "the issuer"))

    return whom


def _known(name: str | None, otherwise: tuple[str, str]) -> str:
    """Names of issuers are known in Chinese only."""
    return name if name and of_data() == "zh" and len(name) <= _LONG else chosen(otherwise)
