"""Lay an executed notebook out: its page, and what every other format is made from."""

import base64
import contextlib
import copy
import io
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import pandas as pd
from bs4 import BeautifulSoup, Tag
from nbconvert import HTMLExporter
from nbconvert.filters import Highlight2HTML
from PIL import Image

from plan_monitor.figures import stored
from plan_monitor.package import load
from plan_monitor.render.jinja import TEMPLATES, environment
from plan_monitor.render.jobs import Job
from plan_monitor.render.notes import Note, Notes, link, mark
from plan_monitor.render.parameters import LANGUAGES

_CSS_PIXELS_AN_INCH = 96
_WIDE = 600  # pixels: more than one panel, unreadable when squeezed into a phone
# figures as pictures, tables and sentences as text; nothing that needs a script
_PRIORITY = ["text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain"]


class _Exporter(HTMLExporter):
    """nbconvert's, without its last step: it reads the page once more, as long as all else takes."""

    def from_notebook_node(self, nb, resources=None, **options):
        """Lay the cells out by the template alone."""
        self.register_filter("highlight_code", Highlight2HTML(pygments_lexer="python", parent=self))
        return super(HTMLExporter, self).from_notebook_node(nb, resources, **options)


@cache
def _exporter() -> _Exporter:
    return _Exporter(
        template_name="report",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_anchor_links=True,
        config={"NbConvertBase": {"display_data_priority": _PRIORITY}},
    )


def prepare(data: list[Path]) -> None:
    """Do what all pages of some data packages need once a process; what cannot be read is for them to say."""
    _exporter()
    environment()
    for folder in data:
        with contextlib.suppress(Exception):
            _stored(folder)


class Page(NamedTuple):
    """A report laid out, before it becomes a file of any format.

    Attributes
    ----------
    name : str
        File name without ending.
    about : dict
        What the front page says about it: title, headline (the first sentence or so of the answer), the
        paragraphs of the answer, region, document, as_of, lang, domain with its rank, edition of the data,
        and whether some of its figures are synthetic.
    body : BeautifulSoup
        Text, tables and charts; every figure leads to its note.
    notes : list of Note
        Source notes, in the order of their numbers.
    """

    name: str
    about: dict[str, Any]
    body: BeautifulSoup
    notes: list[Note]


def lay_out(notebook: nbformat.NotebookNode, job: Job) -> Page:
    """Lay out an executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; left as it is. Cells tagged with another language are not shown.
    job : Job
        For the cover line.
    """
    others = {f"lang-{lang}" for lang in LANGUAGES if lang != job.lang}
    shown = copy.deepcopy(notebook)
    shown.cells = [cell for cell in shown.cells if not others & set(cell.metadata.get("tags", []))]
    traces = mark(shown)
    body, _ = _exporter().from_notebook_node(shown, resources={"lang": job.lang})
    soup = BeautifulSoup(body, "html.parser")
    title = _take_title(soup) or job.name
    answer = [said.get_text().strip() for said in soup.select(".headline p")]
    _merge_code(soup)
    _frame_tables(soup)
    _size_pictures(soup)
    for picture in soup.find_all("img", alt=False):  # a text's own; charts have theirs
        picture["alt"] = "图" if job.lang == "zh" else "Picture"
    notes = _notes(job.folder, job.lang) if job.folder else None
    if notes:
        link(soup, traces, notes)
    about = {
        "title": title,
        "headline": answer[0] if answer else "",
        "answer": answer,
        "region": job.region_name or str(job.parameters.get("region", "")),
        "document": job.document_name,
        "as_of": str(job.parameters.get("as_of", "")),
        "lang": job.lang,
        "domain": job.domain,
        "rank": job.rank,
        "edition": job.edition,
        "synthetic": notes is not None and bool(notes.documents() & _stored(job.folder)[2]),
    }
    return Page(job.name, about, soup, list(notes or ()))


def html(page: Page, others: tuple[str, ...] = (), alone: bool = False) -> str:
    """One self-contained page that opens on an offline network.

    Parameters
    ----------
    page : Page
    others : tuple of str
        Endings of the files beside it that hold the same in other formats; the page leads there.
    alone : bool
        Whether there is nothing else beside it to lead to, no front page and no notebook.
    """
    contents = _contents(page.body)
    body = re.sub(r"(?<=\d) %", "\u00a0%", str(page.body))  # a figure and its sign stay on one line
    template = environment().get_template("page.html.j2")
    told = {"about": page.about, "contents": contents, "notes": page.notes, "name": page.name}
    return template.render(**told, body=body, formats=others, alone=alone)


def _notes(folder: Path, lang: str) -> Notes:
    """Notes on figures of a data package, none cited yet."""
    figures, names, _ = _stored(folder)
    return Notes(figures, *(table[f"{lang}"] for table in names), lang)


@cache
def _stored(folder: Path) -> tuple[dict[str, dict], tuple[pd.DataFrame, pd.DataFrame], set[str]]:
    """A package's stored rows, names of its documents and regions, and which documents are synthetic.

    Read once a process.
    """
    package = load(folder)
    documents = package.documents.set_index("id")[["title_zh", "title_en"]].set_axis(LANGUAGES, axis=1)
    regions = package.regions.set_index("code")[["name_zh", "name_en"]].set_axis(LANGUAGES, axis=1)
    made_up = package.documents.loc[package.documents["type"].eq("synthetic"), "id"]
    return stored(package).to_dict("index"), (documents, regions), set(made_up)


def _take_title(soup: BeautifulSoup) -> str:
    """The first main heading, taken out of the text because the cover prints it."""
    heading = soup.find("h1")
    return heading.extract().get_text(strip=True) if heading else ""


def _contents(soup: BeautifulSoup) -> list[dict[str, Any]]:
    """Number the headings' anchors and list them; a heading may stand twice."""
    contents = []
    for number, heading in enumerate(soup.find_all(["h2", "h3"]), start=1):
        heading["id"] = f"s{number}"
        contents.append({"id": heading["id"], "text": heading.get_text(strip=True), "level": heading.name})
    return contents


def _merge_code(soup: BeautifulSoup) -> None:
    """Fold the code of cells that no prose separates into one, below the last of their results."""
    for fold in soup.select("details.code"):
        following = fold.find_next_sibling()
        while following is not None and "result" in following["class"]:
            following = following.find_next_sibling()
        if following is not None and following.name == "details":
            following.summary.insert_after(*fold.find_all("div", class_="highlight", recursive=False))
            fold.decompose()


def _frame_tables(soup: BeautifulSoup) -> None:
    """Give every table a frame that scrolls within the page, reachable by keyboard."""
    for number, table in enumerate(soup.find_all("table"), start=1):
        figure = soup.new_tag("figure", attrs={"class": "table"})
        frame = soup.new_tag("div", attrs={"class": "frame", "tabindex": "0", "role": "region"})
        table.wrap(frame)
        frame.wrap(figure)
        if isinstance(table.caption, Tag):
            caption = table.caption.extract()
            caption.name, caption["id"] = "figcaption", f"t{number}"
            figure.insert(0, caption)
            frame["aria-labelledby"] = caption["id"]
        rows = [row.find_all(True, recursive=False) for row in table.select("tbody tr")]
        for column, heading in enumerate(table.select("thead th")):
            heading["scope"] = "col"
            cells = [row[column] for row in rows if len(row) > column]
            if cells and all("number" in cell.get("class", []) for cell in cells):
                heading["class"] = [*heading.get("class", []), "number"]


def _size_pictures(soup: BeautifulSoup) -> None:
    """Show every chart at its printed size, so that all have the same letters; mark the wide ones."""
    for picture in soup.select(".chart img[src^='data:image/png']"):
        with Image.open(io.BytesIO(base64.b64decode(picture["src"].split(",", 1)[1]))) as image:
            scale = _CSS_PIXELS_AN_INCH / image.info.get("dpi", (_CSS_PIXELS_AN_INCH,))[0]
            width, height = (round(side * scale) for side in image.size)
        picture["width"], picture["height"] = str(width), str(height)
        if width > _WIDE:
            picture["class"] = "wide"
