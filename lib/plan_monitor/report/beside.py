"""Targets beside figures of the same definition from elsewhere, and why there are none."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report import codes
from reportkit import measures, words
from reportkit.language import word
from reportkit.tables import table

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
    caption: tuple[str, str],
) -> None:
    """Show every target with what is known of its indicator in some other regions.

    Parameters
    ----------
    targets : DataFrame
        Rows of ``targets``.
    figures : DataFrame
        Rows of ``observations``, at most one an indicator and region: figures of the same definition.
    regions : list of str
        Codes, in the order of the columns.
    otherwise : dict of str to str
        Indicator → ``derived`` or ``unlike``, where something else is known than such a figure.
    package, caption
        As in ``progress_table``.
    """
    name, place = codes.names(package.indicators), codes.names(package.regions)
    unit = measures.units(package.indicators)
    found = {(row.indicator, row.region): row for row in figures.itertuples()}
    rows, trace = [], []
    for target in targets.itertuples():
        seen = {code: found[target.indicator, code] for code in regions if (target.indicator, code) in found}
        known = "same" if seen else otherwise.get(target.indicator, "none")
        cells = {
            code: words.dated(r.value, unit[r.indicator], r.period, r.comparator) for code, r in seen.items()
        }
        rows.append(
            {
                "indicator": name[target.indicator],
                "target": words.dated(target.value, unit[target.indicator], target.period, target.comparator),
                **{code: cells.get(code, "–") for code in regions},
                "remark": word(_REMARK, known),
            }
        )
        trace.append({"target": [target.id]} | {code: [row.id] for code, row in seen.items()})
    headings = {"indicator": ("指标", "Indicator"), "target": ("目标", "Target")}
    headings |= {code: (place[code], place[code]) for code in regions}
    headings |= {"remark": ("可比性", "Comparability")}
    shown = pd.DataFrame(rows, columns=list(headings))
    table(shown, caption=caption, headings=headings, trace=trace)
