"""Counts of persons or households that may be published: small cells are hidden and cannot be recomputed."""

from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

SMALLEST = 5  # a smaller count could be recognised by its neighbours
TOTAL = "total"
_MARGIN = 1e6  # cost of hiding a column's total, as other tables print it too: the last resort
_HIDDEN = 1e-9  # a cell that is hidden already costs nothing more


def small(counts: np.ndarray | pd.DataFrame | pd.Series | float, smallest: int = SMALLEST):
    """Whether a count is too small to publish: above zero and below `smallest`."""
    return (counts > 0) & (counts < smallest)


def suppress(counts: pd.DataFrame, smallest: int = SMALLEST, also: tuple[str, ...] = ()) -> pd.DataFrame:
    """A table of counts with totals; small cells are hidden, and enough others that sums do not reveal them.

    Every small cell is hidden (primary suppression). A hidden cell that row and column sums still give away
    gets company: the cells with the smallest counts that close a circle with it in the table (complementary
    suppression). Any hidden count then has at least two values that fit all that is printed, and what the
    sums tell of hidden cells together is no small count either. Source: Willenborg and de Waal (2001),
    *Elements of statistical disclosure control* (a cell of a two-way table is safe from the sums when it lies
    on a circle of hidden cells).

    `counts` has no totals; the result has them as last column and row ``total``, and NaN where it hides.
    `smallest` is the smallest count that may be published, besides zero; `also` are columns whose total is
    hidden because another table hides it (``total``: the total of all). Raises ValueError if a count is
    missing, negative or no whole number.

    >>> counts = pd.DataFrame({"none": [90, 80, 70], "monitored": [2, 9, 7]}, index=["A", "B", "C"])
    >>> suppress(counts).values.tolist()
    [[nan, nan, 92.0], [80.0, 9.0, 89.0], [nan, nan, 77.0], [240.0, 18.0, 258.0]]
    """
    figures = counts.to_numpy(dtype=float)
    if not ((figures >= 0) & (figures % 1 == 0)).all():
        raise ValueError("expected whole numbers of at least zero")
    full = np.pad(figures, (0, 1))
    full[-1] = full.sum(axis=0)
    full[:, -1] = full.sum(axis=1)
    hidden = small(full, smallest)
    hidden[-1] |= np.isin([*counts.columns, TOTAL], also) & (full[-1] > 0)
    hidden_count = -1
    while hidden_count != (hidden_count := int(hidden.sum())):
        for row, column in np.argwhere(hidden):
            for other in _circle(full, hidden, row, column):
                hidden[other] = True
        for cells, mask in [*zip(full, hidden, strict=True), *zip(full.T, hidden.T, strict=True)]:
            _hide_more(cells, mask, smallest)
    shown = pd.DataFrame(full, index=[*counts.index, TOTAL], columns=[*counts.columns, TOTAL])
    return shown.mask(hidden)


def _hide_more(cells: np.ndarray, mask: np.ndarray, smallest: int) -> None:
    """Hide further cells of a line, smallest first, while its total (last) reveals a small hidden sum."""
    for position in np.argsort(cells[:-1], kind="stable"):
        if mask[-1] or not small(cells[:-1][mask[:-1]].sum(), smallest):
            return
        mask[position] |= cells[position] > 0


def _circle(full: np.ndarray, hidden: np.ndarray, row: int, column: int) -> list[tuple[int, int]]:
    """Cells that close a circle with a hidden one, with the smallest total to be hidden in addition."""
    # rows and columns are the nodes of a graph and cells that are not zero its edges: cells of a circle can
    # trade amounts without changing any sum; totals are cells like others, with the opposite sign
    height, width = full.shape
    cost = np.where(hidden, _HIDDEN, full)
    cost[-1, :] += np.where(hidden[-1, :], 0, _MARGIN)
    edge = full > 0
    edge[row, column] = False
    rows, columns = np.nonzero(edge)
    graph = coo_array((cost[edge], (rows, height + columns)), shape=(height + width,) * 2).tocsr()
    _, before = dijkstra(graph, directed=False, indices=row, return_predecessors=True)
    path = [height + column]
    while path[-1] != row:
        path.append(int(before[path[-1]]))
    return [(min(a, b), max(a, b) - height) for a, b in pairwise(path)]


def suppress_linked(tables: list[pd.DataFrame], smallest: int = SMALLEST) -> list[pd.DataFrame]:
    """Several tables of the same households with the same columns; a total hidden in one is hidden in all.

    Otherwise as ``suppress``. Raises ValueError as it does, or if columns or sums of the tables differ.

    >>> one = pd.DataFrame({"a": [3], "b": [60]}, index=["x"])
    >>> two = pd.DataFrame({"a": [0, 3], "b": [20, 40]}, index=["y", "z"])
    >>> [table.loc["total"].isna().tolist() for table in suppress_linked([one, two])]
    [[True, True, False], [True, True, False]]
    """
    sums = [table.sum().to_dict() for table in tables]
    if any(each != sums[0] for each in sums):
        raise ValueError(f"tables of the same households have the same sums: {sums}")
    also: tuple[str, ...] = ()
    while True:
        shown = [suppress(table, smallest, also) for table in tables]
        hidden = {name for table in shown for name in table.columns if pd.isna(table.at[TOTAL, name])}
        if hidden == set(also):
            return shown
        also = tuple(hidden)
