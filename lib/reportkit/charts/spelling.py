"""Letters in a chart that no font has, as their numbers: matplotlib would draw the same box for each."""

from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.text import Text

from reportkit.letters import lacking, named


def spell(chart: Figure) -> None:
    """Name in all texts of a chart the letters that no font has."""
    for text in chart.findobj(Text):
        if lacking(text.get_text()):
            text.set_text(named(text.get_text()))
    for ax in chart.axes:
        _spell_ticks(ax.xaxis)
        _spell_ticks(ax.yaxis)


def _spell_ticks(axis: Axis) -> None:
    """The same for its labels, which a formatter writes anew whenever the chart is drawn."""
    formatter = axis.get_major_formatter()
    usual = formatter.format_ticks
    formatter.format_ticks = lambda places: [*map(named, usual(places))]
