"""One page for all plans: a tile for each, the endangered targets, and links to every report."""

import json
from pathlib import Path

import jinja2
import pandas as pd
from IPython.display import display

from plan_monitor.data.package import Package
from plan_monitor.methods.promises import tally
from plan_monitor.report import codes
from plan_monitor.report.codes import printed
from plan_monitor.report.judgement import ratio, tally_lines, verdict
from plan_monitor.report.odds import likely, records
from plan_monitor.report.sources import stored_ids
from plan_monitor.settle.labels import LABELS
from reportkit import words
from reportkit.charts.plain import stacked
from reportkit.cited import spans, unmarked
from reportkit.language import Text, current, of_data, tr, word
from reportkit.render.recipes import read
from reportkit.render.sources import Sources
from reportkit.table import Column, table
from reportkit.words import SENTENCE

_TILE = ["title", "lines", "link"]
# lines are separate on the screen; on paper and in copied text the marks between separate them
_TILES = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """\
<ul class="tiles">
{% for tile in tiles %}
<li class="tile"><strong>
{%- if tile.link %}<a href="{{ tile.link }}">{{ tile.title }}</a>{% else %}{{ tile.title }}{% endif -%}
</strong>
{%- for line in tile.lines -%}
<span class="apart">{{ colon if loop.first else comma }}</span><span>{{ line }}</span>
{%- endfor %}
</li>
{% endfor %}
</ul>
"""
)


def links(recipes: str, package: Package) -> pd.DataFrame:
    """Reports of a recipes file in the current language; empty if there is no such file.

    Columns notebook (path), document, region and scheme (missing where it is not about one) and link (the
    page's file name).
    """
    jobs = read(Path(recipes), Sources(package.path))[0] if Path(recipes).is_file() else []
    about = ["document", "region", "scheme"]
    jobs = [job for job in jobs if job.lang == current()]
    rows = [(job.notebook, *map(job.parameters.get, about), f"{job.name}.html") for job in jobs]
    return pd.DataFrame(rows, columns=["notebook", *about, "link"])


def others(reports: pd.DataFrame, package: Package) -> pd.DataFrame:
    """Tiles of reports (of ``links``): their title, what they are about, and the question they answer."""
    place = codes.names(package.regions)
    headings = {notebook: _heading(notebook) for notebook in reports["notebook"].unique()}
    rows = []
    for report in reports.itertuples():
        title, *question = headings[report.notebook]
        where = [place.get(report.region, report.region)] if pd.notna(report.region) and report.region else []
        scheme = [word(LABELS["scheme"], report.scheme)] if pd.notna(report.scheme) else []
        rows.append((title, [*where, *scheme, *question], report.link))
    return pd.DataFrame(rows, columns=_TILE)


def _heading(notebook: Path) -> list[str]:
    """Title of a notebook, and the question beneath it."""
    # the recipes have been read, so it is a valid notebook; nbformat would validate all its outputs again
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    for tag in (f"lang-{current()}", f"lang-{of_data()}"):
        for cell in cells:
            source = "".join(cell["source"])
            if tag in cell["metadata"].get("tags", []) and source.startswith("# "):
                title, *rest = filter(None, source.removeprefix("# ").splitlines())
                return [title, *(line for line in rest[:1] if line.endswith(("？", "?")))]
    return [notebook.stem]


def tiles(rows: pd.DataFrame) -> None:
    """Show a tile for each row: title, lines, and link (missing if there is none).

    Figures of the lines may be ``cited``.
    """
    shown = list(rows.fillna({"link": ""}).itertuples())
    colon, comma = tr("：", ": "), tr("；", "; ")

    def marked(tile) -> str:
        title = f"[{tile.title}]({tile.link})" if tile.link else tile.title
        return "- " + colon.join(filter(None, [title, comma.join(tile.lines)]))

    html, sets = _TILES.render(tiles=shown, colon=colon, comma=comma), []
    text, traced = unmarked("\n".join(map(marked, shown))), spans(html, sets)
    data = {"text/html": unmarked(html), "text/markdown": text, "text/plain": text}
    display(data | ({SENTENCE: {"text": traced, "sets": sets}} if sets else {}), raw=True)


def plan_tiles(judged: pd.DataFrame, reports: pd.DataFrame, package: Package) -> pd.DataFrame:
    """Tiles of plans: how many promises in which states, and a link to the report.

    A document with promises for several regions, none of them part of another, has a tile for each. `judged`
    is of ``promises.judge``, `reports` of ``links``.
    """
    title, place = codes.names(package.documents), codes.names(package.regions)
    rows = []
    for document, part in judged[judged["role"].ne("text")].groupby("document", sort=False):
        regions = part["region"].unique()
        tops = [code for code in regions if not set(package.above(code)) & set(regions)]
        for top in tops:
            lines = tally_lines(tally(part[part["region"].isin(package.within(top))]))
            own_links = reports.loc[reports["document"].eq(document) & reports["region"].eq(top), "link"]
            where = [place[top]] if len(tops) > 1 else []
            rows.append((title[document], where + lines, next(iter(own_links), None)))
    return pd.DataFrame(rows, columns=_TILE)


def states_chart(judged: pd.DataFrame, package: Package) -> None:
    """Draw how many promises (``promises.judge``) of each document are in which state.

    Stages, shares of regions and promises of the plan before are left out.
    """
    promised = judged[judged["role"].eq("promise")]
    groups = dict(list(promised.groupby(["document", "state"])["id"]))
    names, documents = codes.names(package.documents), promised["document"].unique()
    states = [code for code in codes.STATES if code in set(promised["state"])]
    rows = [
        (names[document], codes.state(code), float(len(ids)), list(ids))
        for code in states
        for document in documents
        for ids in [groups.get((document, code), ())]
    ]
    frame = pd.DataFrame(rows, columns=["category", "series", "value", "id"])
    colours = {codes.state(code): codes.COLOUR[code] for code in codes.STATES}
    judged_documents = promised.loc[promised["status"].notna(), "document"].nunique()
    zh = f"{len(documents)} 份文件，{judged_documents} 份有可以判断的承诺"
    en = f"{len(documents)} documents; {judged_documents} with promises that can be judged"
    subtitle = ("各文件承诺的状态，项", "Promises of each document by state")
    stacked(frame, title=(zh, en), subtitle=subtitle, unit="项", colours=colours)


def endangered_table(ranked: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show the targets that evidence speaks against (``danger.rank``)."""
    if ranked.empty:
        return words.say(
            "可判断或可预测的承诺中，没有一项显示落后。",
            "Of the promises that can be judged or forecast none is shown to be behind.",
        )

    def evidence(row) -> str:
        if row.basis == "behind":
            return f"{verdict(row)}, ρ {ratio(row.rho)}"
        text = likely(row.probability)
        return tr(f"预测达成的可能性{text}", f"odds of {text} by forecast")

    column = Column(("依据", "Evidence"), [evidence(row) for row in ranked.itertuples()])
    _from_to_table(ranked, column, package, caption)
    foretold = ranked.loc[ranked["basis"].eq("unlikely"), "probability"]
    if len(foretold):
        came = records(foretold)
        ids = ranked.loc[ranked["basis"].eq("unlikely"), "id"]
        zh = f"同样的说法在回测中：{came}。"
        words.say(zh, f"What became of such odds in a backtest: {came}.", basis=ids)


def ways_table(ways: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show the shares that are to change most (``danger.longest_ways``)."""
    ranges = zip(ways["points_low"], ways["points_high"], strict=True)
    a_year = words.column(ways["points_per_year"], ranges, 1)
    _from_to_table(ways, Column(("每年，百分点", "A year, points"), a_year), package, caption)


def _from_to_table(judged: pd.DataFrame, column: Column, package: Package, caption: Text) -> None:
    """Base and target of some promises, and one more column."""
    base = judged.assign(value=judged["baseline"], period=judged["baseline_period"], comparator="=")
    columns = [
        Column(("指标", "Indicator"), judged["indicator"].map(codes.names(package.indicators))),
        Column(("地区", "Region"), judged["region"].map(codes.names(package.regions))),
        Column(("基期", "Base"), printed(base, package), stored_ids(judged["baseline_id"])),
        Column(("目标", "Target"), printed(judged, package), stored_ids(judged["id"])),
        column,
    ]
    table(caption, columns)
