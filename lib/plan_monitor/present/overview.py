"""One page for all plans: a tile for each, the most endangered targets, and the way to every report."""

from functools import cache
from pathlib import Path

import jinja2
import nbformat
import pandas as pd
from IPython.display import display

from plan_monitor.package import Package
from plan_monitor.present import words
from plan_monitor.present.progress_table import verdict
from plan_monitor.present.tables import table

BASIS = {
    "behind": ("有实绩，落后", "behind, by figures"),
    "unlikely": ("预测不利", "unlikely, by forecast"),
    "steep": ("只知要求陡", "steep, nothing else known"),
}
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
        Columns notebook (path), document (missing where the notebook is not about one), region and link, the
        page's file name.
    """
    rows = [
        {
            "notebook": job.notebook,
            "document": job.parameters.get("document"),
            "region": job.parameters.get("region"),
            "link": f"{job.name}.html",
        }
        for job in jobs
        if job.lang == lang
    ]
    return pd.DataFrame(rows, columns=["notebook", "document", "region", "link"])


def others(reports: pd.DataFrame, package: Package, lang: str) -> pd.DataFrame:
    """Tiles of reports that are not about one document: their title, and the region they are about.

    Parameters
    ----------
    reports : DataFrame
        Of ``links``.
    """
    place = words.names(package.regions, lang)
    rows = [
        {
            "title": _heading(report.notebook, lang),
            "lines": [place.get(report.region, report.region)] if pd.notna(report.region) else [],
            "link": report.link,
        }
        for report in reports[reports["document"].isna()].itertuples()
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


def endangered_table(ranked: pd.DataFrame, package: Package, lang: str, caption: tuple[str, str]) -> None:
    """Show the most endangered targets with what that rests on.

    Parameters
    ----------
    ranked : DataFrame
        Of ``danger.rank``.
    """
    name, place = words.names(package.indicators, lang), words.names(package.regions, lang)
    document = words.names(package.documents, lang)
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
                "base": words.dated(row["baseline"], row["unit"], row["baseline_period"], lang),
                "target": words.dated(row["value"], row["unit"], row["period"], lang, row["comparator"]),
                "basis": words.word(BASIS, row["basis"], lang),
                "known": known[row["basis"]],
                "document": document[row["document"]],
            }
        )
        ids = {"base": row["baseline_id"], "target": row["id"]}
        trace.append({column: listed.split(", ") for column, listed in ids.items() if pd.notna(listed)})
    headings = {
        **{"indicator": ("指标", "Indicator"), "region": ("地区", "Region"), "base": ("基期", "Base")},
        **{
            "target": ("目标", "Target"),
            "basis": ("依据", "What it rests on"),
            "known": ("多危险", "How much"),
        },
        "document": ("文件", "Document"),
    }
    table(pd.DataFrame(rows, columns=list(headings)), lang, caption=caption, headings=headings, trace=trace)
