"""Targets beside figures of the same definition from elsewhere, and why there are none."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report import codes
from plan_monitor.report.frames import printed
from plan_monitor.report.sources import stored_ids
from reportkit import words
from reportkit.language import Text, word
from reportkit.table import Column, table

_REMARK = {
    "same": ("同一指标", "same indicator"),
    "derived": ("可由公布数推算", "can be derived from published figures"),
    "unlike": ("有数字而口径不同，不比较", "figures of another definition, not compared"),
    "none": ("未见公布", "none found"),
}


def beside_table(
    targets: pd.DataFrame,
    figures: pd.DataFrame,
    regions: list[str],
    otherwise: dict[str, str],
    package: Package,
    caption: Text,
) -> None:
    """Show every target with what has been published of its indicator in some other regions.

    Parameters
    ----------
    targets : DataFrame
        Rows of ``targets``.
    figures : DataFrame
        Rows of ``observations``, at most one an indicator and region: figures of the same definition.
    regions : list of str
        Codes, in the order of the columns.
    otherwise : dict of str to str
        Indicator → ``derived`` or ``unlike``, where there is something else than such a figure.
    package, caption
        As in ``progress_table``.
    """
    name, place = codes.names(package.indicators), codes.names(package.regions)
    texts = printed(figures, package)
    stored = {
        (row.indicator, row.region): (text, row.id)
        for row, text in zip(figures.itertuples(), texts, strict=True)
    }
    others = []
    for code in regions:
        cells = [stored.get((indicator, code), (words.NOTHING, None)) for indicator in targets["indicator"]]
        ids = stored_ids(row_id for _, row_id in cells)
        others.append(Column((place[code], place[code]), [text for text, _ in cells], ids))
    published = set(figures.loc[figures["region"].isin(regions), "indicator"])
    remarks = ["same" if code in published else otherwise.get(code, "none") for code in targets["indicator"]]
    columns = [
        Column(("指标", "Indicator"), name[targets["indicator"]]),
        Column(("目标", "Target"), printed(targets, package), [[row_id] for row_id in targets["id"]]),
        *others,
        Column(("可比性", "Comparability"), [word(_REMARK, remark) for remark in remarks]),
    ]
    table(caption, columns)
