"""One page for all plans: a tile for each, the most endangered targets, and the way to every report."""

from functools import cache
from pathlib import Path

import jinja2
import nbformat
import pandas as pd
from IPython.display import display

from plan_monitor.package import Package
from plan_monitor.present import measures, words
from plan_monitor.present.charts import stacked
from plan_monitor.present.fund import scheme_name
from plan_monitor.present.judgement import verdict
from plan_monitor.present.tables import table

BASIS = {
    "behind": ("有实绩，落后", "behind, by figures"),
    "unlikely": ("预测不利", "unlikely, by forecast"),
    "steep": ("只知要求陡", "steep, nothing else known"),
}
COLOUR = {
    **dict.fromkeys(("achieved", "kept"), "#3f7d58"),
    **{"on_track": "#2b5c8a", "slow": "#c98b1b", "lagging": "#c0632a"},
    **dict.fromkeys(("moving_away", "lost"), "#b0302a"),
}
_UNKNOWN = "#8a8a8a"
_TILES = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """\
<ul class="tiles">
{% for tile in tiles %}
<li class="tile"><strong>
{% if tile.link %}<a href="{{ tile.link }}">{{ tile.title }}</a>{% else %}{{ tile.title }}{% endif %}
</strong>
{% for line in tile.lines %}<span>{{ line }}</span>{% endfor %}
</li>
{% endfor %}
</ul>
"""
)


def links(jobs: list, lang: str) -> pd.DataFrame:
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
        if job.lang == lang
    ]
    return pd.DataFrame(rows, columns=["notebook", "document", "region", "scheme", "link"])


def others(reports: pd.DataFrame, package: Package, lang: str) -> pd.DataFrame:
    """Tiles of reports: their title, and what they are about.

    Parameters
    ----------
    reports : DataFrame
        Of ``links``.
    """
    place = words.names(package.regions, lang)
    rows = [
        {
            "title": _heading(report.notebook, lang),
            "lines": [
                *([place.get(report.region, report.region)] if pd.notna(report.region) else []),
                *([scheme_name(report.scheme, lang)] if pd.notna(report.scheme) else []),
            ],
            "link": report.link,
        }
        for report in reports.itertuples()
    ]
    return pd.DataFrame(rows, columns=["title", "lines", "link"])


@cache
def _heading(notebook: Path, lang: str) -> str:
    """Title of a notebook in a language."""
    for cell in nbformat.read(notebook, as_version=4).cells:
        if f"lang-{lang}" in cell.metadata.get("tags", []) and cell.source.startswith("# "):
            return cell.source.splitlines()[0].removeprefix("# ")
    return notebook.stem


def recipes_path(text: str) -> Path | None:
    """The recipes file named in a notebook's parameters, or None where there is none."""
    return Path(text) if text and Path(text).is_file() else None


def tiles(rows: pd.DataFrame, lang: str) -> None:
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
    colon, comma = ("：", "；") if lang == "zh" else (": ", "; ")

    def item(tile: dict) -> str:
        title = f"[{tile['title']}]({tile['link']})" if tile["link"] else tile["title"]
        return f"- {title}{colon}{comma.join(tile['lines'])}"

    text = "\n".join(map(item, shown))
    display({"text/html": _TILES.render(tiles=shown), "text/markdown": text, "text/plain": text}, raw=True)


def states_chart(judged: pd.DataFrame, package: Package, lang: str, title: tuple[str, str]) -> None:
    """Draw how many promises of each document are in which state, those without a verdict in grey.

    Parameters
    ----------
    judged : DataFrame
        Of ``progress.assess``.
    """
    state = judged["status"].fillna(judged["reason"])
    counts = pd.crosstab(judged["document"], state).reindex(judged["document"].unique())
    document = words.names(package.documents, lang)
    rows = [
        {"category": document[name], "series": words.state(code, lang), "value": float(counts.at[name, code])}
        for code in words.STATES
        if code in counts
        for name in counts.index
    ]
    colours = {words.state(code, lang): COLOUR.get(code, _UNKNOWN) for code in words.STATES}
    frame = pd.DataFrame(rows, columns=["category", "series", "value"])
    stacked(frame, lang, title=title, unit="项", colours=colours)


def endangered_table(ranked: pd.DataFrame, package: Package, lang: str, caption: tuple[str, str]) -> None:
    """Show the most endangered targets with what that rests on.

    Parameters
    ----------
    ranked : DataFrame
        Of ``danger.rank``.
    """
    name, place = words.names(package.indicators, lang), words.names(package.regions, lang)
    unit = measures.units(package.indicators, lang)
    rows, trace = [], []
    for _, row in ranked.iterrows():
        known = {
            "behind": f"{verdict(row, lang)}, ρ {words.number(row['rho'], 2)}",
            "unlikely": f"P {words.number(100 * row['probability'], 0)} %",
            "steep": f"{words.number(row['growth'], 1)} % / {'年' if lang == 'zh' else 'year'}",
        }
        rows.append(
            {
                "indicator": name[row["indicator"]],
                "region": place[row["region"]],
                "base": words.dated(row["baseline"], unit[row["indicator"]], row["baseline_period"], lang),
                "target": words.dated(
                    row["value"], unit[row["indicator"]], row["period"], lang, row["comparator"]
                ),
                "basis": words.word(BASIS, row["basis"], lang),
                "known": known[row["basis"]],
            }
        )
        ids = {"base": row["baseline_id"], "target": row["id"]}
        trace.append({column: listed.split(", ") for column, listed in ids.items() if pd.notna(listed)})
    headings = {
        **{"indicator": ("指标", "Indicator"), "region": ("地区", "Region"), "base": ("基期", "Base")},
        **{
            "target": ("目标", "Target"),
            "basis": ("依据", "What it rests on"),
            "known": ("程度", "How much"),
        },
    }
    table(pd.DataFrame(rows, columns=list(headings)), lang, caption=caption, headings=headings, trace=trace)
