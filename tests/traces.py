"""The stored rows behind a table, as tests read them."""

from reportkit.table import TABLE, unpack


def sources(bundle):
    """For each row of a table, heading → ids of the stored rows its figure comes from."""
    data = bundle[TABLE]
    return [
        {heading: cell.ids for heading, cell in zip(data["headings"], row, strict=True) if cell.ids}
        for row in unpack(data)
    ]
