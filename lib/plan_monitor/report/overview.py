"""One page for all plans: a tile for each, what evidence speaks against, and the way to every report."""

from functools import cache
from pathlib import Path

import jinja2
import nbformat
import pandas as pd
from IPython.display import display

from plan_monitor.data.package import Package
from plan_monitor.methods.promises import tally
from plan_monitor.report import codes
from plan_monitor.report.judgement import verdict
from plan_monitor.report.tally import tally_lines
from plan_monitor.settle.labels import LABELS
from reportkit import measures, words
from reportkit.charts.plain import stacked
from reportkit.language import chosen, current, of_data, word
from reportkit.tables import table

COLOUR = {
    **dict.fromkeys(("achieved", "kept"), "#3f7d58"),
    **{"on_track": "#2b5c8a", "slow": "#c98b1b", "lagging": "#c0632a"},
    **dict.fromkeys(("moving_away", "lost"), "#b0302a"),
}
_UNKNOWN = dict.fromkeys(codes.REASON, "#6b5b73") | {
    **{"not_due": "#5b7a99", "awaited": "#767b82", "overdue": "#43484e", "undated": "#8a7355"},
}
# on the screen each line stands for itself; on paper and in copied text the marks between them part them
_TILES = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """\
<ul class="tiles">
{% for tile in tiles %}
<li class="tile"><strong>
{%- if tile.link %}<a href="{{ tile.link }}">{{ tile.title }}</a>{% else %}{{ tile.title }}{% endif -%}
</strong>{% for line in tile.lines %}
{{- '' }}<span class="apart">{{ colon if loop.first else comma }}</span><span>{{ line }}</span>
{%- endfor %}
</li>
{% endfor %}
</ul>
"""
)


def links(jobs: list) -> pd.DataFrame:
    """Reports in one language, with what they are about.

    Parameters
    ----------
    jobs : list of Job
        Of ``render.recipes.read``.

    Returns
    -------
    DataFrame
        Columns notebook (path), document, region and scheme (missing where the notebook is not about one) and
        link, the page's file name.
    """
    rows = [
        {
            "notebook": job.notebook,
            "document": job.parameters.get("document"),
            "region": job.parameters.get("region"),
            "scheme": job.parameters.get("scheme"),
            "link": f"{job.name}.html",
        }
        for job in jobs
        if job.lang == current()
    ]
    return pd.DataFrame(rows, columns=["notebook", "document", "region", "scheme", "link"])


def others(reports: pd.DataFrame, package: Package) -> pd.DataFrame:
    """Tiles of reports: their title, what they are about, and the question they answer.

    Parameters
    ----------
    reports : DataFrame
        Of ``links``.
    """
    place = codes.names(package.regions)
    rows = []
    for report in reports.itertuples():
        title, *question = _heading(report.notebook)
        where = [place.get(report.region, report.region)] if pd.notna(report.region) else []
        scheme = [word(LABELS["scheme"], report.scheme)] if pd.notna(report.scheme) else []
        rows.append({"title": title, "lines": [*where, *scheme, *question], "link": report.link})
    return pd.DataFrame(rows, columns=["title", "lines", "link"])


@cache
def _heading(notebook: Path) -> list[str]:
    """Title of a notebook in a language, and the question beneath it."""
    for cell in nbformat.read(notebook, as_version=4).cells:
        if f"lang-{of_data()}" in cell.metadata.get("tags", []) and cell.source.startswith("# "):
            title, *rest = filter(None, cell.source.removeprefix("# ").splitlines())
            return [title, *(line for line in rest[:1] if line.endswith(("？", "?")))]
    return [notebook.stem]


def recipes_path(text: str) -> Path | None:
    """The recipes file named in a notebook's parameters, or None where there is none."""
    return Path(text) if text and Path(text).is_file() else None


def tiles(rows: pd.DataFrame) -> None:
    """Show a tile for each row: title, what is to be said of it, and the link to its report.

    Parameters
    ----------
    rows : DataFrame
        Columns title, lines (list of str) and link (missing where no report is made of it).
    """
    shown = [
        {"title": row.title, "lines": row.lines, "link": None if pd.isna(row.link) else row.link}
        for row in rows.itertuples()
    ]
    colon, comma = chosen((("：", "；"), (": ", "; ")))

    def item(tile: dict) -> str:
        title = f"[{tile['title']}]({tile['link']})" if tile["link"] else tile["title"]
        return "- " + colon.join(filter(None, [title, comma.join(tile["lines"])]))

    text = "\n".join(map(item, shown))
    html = _TILES.render(tiles=shown, colon=colon, comma=comma)
    display({"text/html": html, "text/markdown": text, "text/plain": text}, raw=True)


def plan_tiles(judged: pd.DataFrame, made: pd.DataFrame, package: Package) -> pd.DataFrame:
    """Tiles of plans: how many promises, in which states, and the report that says the same.

    A document that promises for several regions, none of which lies in another, has a tile for each.

    Parameters
    ----------
    judged : DataFrame
        Of ``promises.judge``.
    made : DataFrame
        Of ``links``.
    """
    title, place = codes.names(package.documents), codes.names(package.regions)
    rows = []
    for document, part in judged[judged["role"].ne("text")].groupby("document", sort=False):
        regions = list(dict.fromkeys(part["region"]))
        tops = [code for code in regions if not set(package.above(code)) & set(regions)]
        for top in tops:
            lines = tally_lines(tally(part[part["region"].isin(package.within(top))]))
            own = made.loc[made["document"].eq(document) & made["region"].eq(top), "link"]
            where = [place[top]] if len(tops) > 1 else []
            rows.append(
                {
                    "title": title[document],
                    "lines": where + lines,
                    "link": own.iloc[0] if len(own) else None,
                }
            )
    return pd.DataFrame(rows, columns=["title", "lines", "link"])


def states_chart(judged: pd.DataFrame, package: Package, title: tuple[str, str]) -> None:
    """Draw how many promises of each document are in which state, those without a verdict in grey.

    Parameters
    ----------
    judged : DataFrame
        Of ``promises.judge``; only promises are drawn, not their stages, shares or those of the plan before.
    """
    promised = judged[judged["role"].eq("promise")]
    counts = pd.crosstab(promised["document"], promised["state"]).reindex(promised["document"].unique())
    document = codes.names(package.documents)
    rows = [
        {"category": document[name], "series": codes.state(code), "value": float(counts.at[name, code])}
        for code in codes.STATES
        if code in counts
        for name in counts.index
    ]
    colours = {codes.state(code): (COLOUR | _UNKNOWN)[code] for code in codes.STATES}
    frame = pd.DataFrame(rows, columns=["category", "series", "value"])
    stacked(frame, title=title, unit="项", colours=colours)


def endangered_table(ranked: pd.DataFrame, package: Package, caption: tuple[str, str]) -> None:
    """Show the targets that evidence speaks against.

    Parameters
    ----------
    ranked : DataFrame
        Of ``danger.rank``.
    """
    if ranked.empty:
        return words.say(
            "可判断或可预测的承诺中，没有实绩或预测表明落后的。",
            "Of the promises that can be judged or forecast none is shown to be behind.",
        )
    known = [
        f"{verdict(row)}, ρ {words.number(row['rho'], 2)}"
        if row["basis"] == "behind"
        else f"P {words.number(100 * row['probability'], 0)} %"
        for _, row in ranked.iterrows()
    ]
    _from_to_table(ranked, known, ("依据", "Evidence"), package, caption)


def ways_table(ways: pd.DataFrame, package: Package, caption: tuple[str, str]) -> None:
    """Show the shares that are to change most.

    Parameters
    ----------
    ways : DataFrame
        Of ``danger.longest_ways``.
    """
    a_year = [f"{words.number(value, 1)}" for value in ways["points_per_year"]]
    _from_to_table(ways, a_year, ("每年，百分点", "A year, points"), package, caption)


def _from_to_table(
    judged: pd.DataFrame,
    known: list[str],
    heading: tuple[str, str],
    package: Package,
    caption: tuple[str, str],
) -> None:
    """Base and target of some promises, with one thing that is known of each."""
    name, place = codes.names(package.indicators), codes.names(package.regions)
    unit = measures.units(package.indicators)
    rows, trace = [], []
    for (_, row), text in zip(judged.iterrows(), known, strict=True):
        rows.append(
            {
                "indicator": name[row["indicator"]],
                "region": place[row["region"]],
                "base": words.dated(row["baseline"], unit[row["indicator"]], row["baseline_period"]),
                "target": words.dated(row["value"], unit[row["indicator"]], row["period"], row["comparator"]),
                "known": text,
            }
        )
        ids = {"base": row["baseline_id"], "target": row["id"]}
        trace.append({column: listed.split(", ") for column, listed in ids.items() if pd.notna(listed)})
    headings = {
        **{"indicator": ("指标", "Indicator"), "region": ("地区", "Region"), "base": ("基期", "Base")},
        **{"target": ("目标", "Target"), "known": heading},
    }
    table(pd.DataFrame(rows, columns=list(headings)), caption=caption, headings=headings, trace=trace)
