"""The stored rows behind a table, as tests read them."""

from lxml import html

from reportkit.table import TABLE, unpack


def sources(bundle):
    """For each row of a table, heading → ids of the stored rows its figure comes from."""
    data = bundle[TABLE]
    return [
        {heading: cell.ids for heading, cell in zip(data["headings"], row, strict=True) if cell.ids}
        for row in unpack(data)
    ]


def columns_of_figures(bundle):
    """Headings of the columns of a table whose cells are set as figures."""
    page = html.fromstring(bundle["text/html"])
    rows = [[*row.iter("td", "th")] for row in page.find("tbody").iter("tr")]
    shown = [
        all("number" in cell.get("class", "").split() for cell in cells) for cells in zip(*rows, strict=True)
    ]
    return [name for name, figures in zip(bundle[TABLE]["headings"], shown, strict=True) if figures]
