"""Lay an executed notebook out: its page, and what every other format is made from."""

import base64
import contextlib
import copy
import io
import re
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from lxml.html import Element, HtmlElement, HTMLParser, fragment_fromstring, tostring
from nbconvert import TemplateExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from PIL import Image
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from reportkit import source
from reportkit.formats.grid import grid
from reportkit.formats.jinja import TEMPLATES, environment
from reportkit.formats.notes import Note, Notes, link, mark, taken
from reportkit.jobs import Job
from reportkit.language import current, of_data, tr, using

_CSS_PIXELS_AN_INCH = 96
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # characters that no document may hold
_WIDE = 600  # pixels: more than one panel, unreadable when squeezed into a phone
# figures as pictures, tables and sentences as text; nothing that needs a script
_PRIORITY = ["text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain"]


@cache
def _exporter() -> TemplateExporter:
    """Cells by our template; nbconvert's exporter of HTML reads the page once more, as long as all else."""
    exporter = TemplateExporter(
        template_name="report",
        file_extension=".html",
        extra_template_basedirs=[str(TEMPLATES)],
        default_preprocessors=[],  # none of them has anything to do here, and each copies the notebook
        config={"NbConvertBase": {"display_data_priority": _PRIORITY}},
    )
    # made once, not for every cell
    colours = {
        "lexer": PythonLexer(stripall=True),
        "formatter": HtmlFormatter(cssclass="highlight hl-python"),
    }
    exporter.register_filter("highlight_code", partial(highlight, **colours))
    exporter.register_filter("markdown2html", _html)
    exporter.environment.globals["tr"] = tr
    return exporter


def _html(text: str, attachments: dict[str, Any] | None = None) -> str:
    """Markdown of a cell or an output, with the pictures that are attached to the cell."""
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True, attachments=attachments or {})
    return MarkdownWithMath(renderer=renderer).render(text)


def prepare(data: list[Path]) -> None:
    """Do what all pages of some data packages need once a process; what cannot be read is for them to say."""
    _exporter()
    environment()
    for folder in data:
        with contextlib.suppress(Exception):
            source.opened(folder)


class Page(NamedTuple):
    """A report laid out, before it becomes a file of any format.

    Attributes
    ----------
    name : str
        File name without ending.
    about : dict
        What the front page says about it: title, the question beneath it, headline (the first sentence or
        so of the answer), the paragraphs of the answer, region, document, as_of, until (that setting and the
        newest actual, in words), lang, domain with its rank, edition of the data, and whether some of its
        figures are synthetic.
    body : HtmlElement
        An ``article`` of text, tables and charts; every figure leads to its note.
    notes : list of Note
        Source notes, in the order of their numbers.
    tables : list of dict or None
        For each table of the body its data (``table.TABLE``); None for one that is none of ours.
    """

    name: str
    about: dict[str, Any]
    body: HtmlElement
    notes: list[Note]
    tables: list[dict | None]


def lay_out(notebook: nbformat.NotebookNode, job: Job) -> Page:
    """Lay out an executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; left as it is. Cells tagged with another language are not shown, where theirs is given.
    job : Job
        For the cover line.
    """
    with using(job.lang):
        return _laid_out(notebook, job)


def _laid_out(notebook: nbformat.NotebookNode, job: Job) -> Page:
    shown = copy.deepcopy(notebook)
    shown.cells = _in_language(shown.cells)
    marked = mark(shown)
    text, _ = _exporter().from_notebook_node(shown)
    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    body = fragment_fromstring(_CONTROL.sub("", text), create_parent="article", parser=parser)
    title, question = _take_title(body)
    answer = [line.text_content().strip() for part in body.find_class("headline") for line in part.iter("p")]
    _merge_code(body)
    _frame_tables(body)
    _size_pictures(body)
    for picture in body.iter("img"):
        if "alt" not in picture.attrib:  # a text's own; charts have theirs
            picture.set("alt", tr("图", "Picture"))
    tables, notes = taken(body, marked), None
    data = source.opened(job.folder) if job.folder else None
    if data:
        notes = Notes(data)
        link(body, tables, notes)
    about = {
        "title": title or job.name,
        "question": question,
        "headline": answer[0] if answer else "",
        "answer": answer,
        "region": job.region_name or str(job.parameters.get("region", "")),
        "document": job.document_name,
        "as_of": str(job.parameters.get("as_of", "")),
        "until": _until(job, notes, data),
        "lang": job.lang,
        "domain": job.domain,
        "rank": job.rank,
        "edition": job.edition,
        "synthetic": bool(data) and data.synthetic(notes.rows()),
    }
    return Page(job.name, about, body, list(notes or ()), tables)


def _in_language(cells: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Cells in the language that is set: tagged with it, or with none.

    Tagged cells one after another say the same until a tag comes again. What is not said in a third language
    is shown in English.
    """
    passages, seen = [], set()
    for cell in cells:
        tags = {tag for tag in cell.metadata.get("tags", []) if tag.startswith("lang-")}
        if not tags or not seen or tags & seen:
            passages.append([])
            seen = set()
        passages[-1].append((cell, tags))
        seen |= tags
    shown = []
    for passage in passages:
        given = set().union(*(tags for _, tags in passage))
        wanted = f"lang-{current() if f'lang-{current()}' in given else of_data()}"
        shown += [cell for cell, tags in passage if not tags or wanted in tags]
    return shown


def _until(job: Job, notes: Notes | None, data: source.Data | None) -> str:
    """Up to when the report looks, and how new its figures are: the setting is not the newest figure."""
    as_of = str(job.parameters.get("as_of", ""))
    if not as_of:
        return ""
    setting = tr(f"截止 {as_of}", f"looks at figures up to {as_of}")
    region = str(job.parameters.get("region", "")) if job.region_name else ""
    return f"{setting} · {data.age(notes.rows(), region, as_of)}" if data else setting


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
    body = kept_together(tostring(page.body, encoding="unicode"))
    template, subject = environment().get_template("page.html.j2"), source.current()
    parts = {"about": page.about, "contents": contents, "notes": page.notes, "name": page.name}
    with using(page.about["lang"]):
        return template.render(
            **parts, body=body, formats=others, alone=alone, house=subject.NAME if subject else ""
        )


def kept_together(text: str) -> str:
    """A text in which a figure and its sign stay on one line.

    >>> kept_together("98 %, ≥ 95 %").split(" ")
    ['98\\xa0%,', '≥\\xa095\\xa0%']
    """
    return re.sub(r" (?:(?<=\d )(?=%)|(?<=[≥≤≈] )(?=\d))", "\u00a0", text)


def _take_title(body: HtmlElement) -> tuple[str, str]:
    """The first main heading and the question beneath it, out of the text because the cover prints them."""
    heading = body.find(".//h1")
    if heading is None:
        return "", ""
    beneath = heading.getnext()
    text = beneath.text_content().strip() if beneath is not None and beneath.tag == "p" else ""
    question = text if text.endswith(("？", "?")) else ""
    if question:
        beneath.drop_tree()
    heading.drop_tree()
    return heading.text_content().strip(), question


def _contents(body: HtmlElement) -> list[dict[str, Any]]:
    """Number the headings' anchors and list them; a heading may stand twice."""
    contents = []
    for number, heading in enumerate(body.iter("h2", "h3"), start=1):
        heading.set("id", f"s{number}")
        contents.append({"id": f"s{number}", "text": heading.text_content().strip(), "level": heading.tag})
    return contents


def _merge_code(body: HtmlElement) -> None:
    """Fold the code of cells that no prose separates into one, below the last of their results."""
    for fold in body.findall(".//details[@class='code']"):
        following = fold.getnext()
        while following is not None and "result" in following.classes:
            following = following.getnext()
        if following is not None and following.tag == "details":
            following[1:1] = [part for part in fold if "highlight" in part.classes]  # below its summary
            fold.drop_tree()


def _frame_tables(body: HtmlElement) -> None:
    """Give every table a frame that scrolls within the page, reachable by keyboard."""
    for number, table in enumerate(list(body.iter("table")), start=1):
        figure = Element("figure", {"class": "table"})
        frame = Element("div", {"class": "frame", "tabindex": "0", "role": "region"})
        table.addprevious(figure)
        figure.append(frame)
        frame.append(table)
        figure.tail, table.tail = table.tail, None
        caption = table.find("caption")
        if caption is not None:
            caption.tag, caption.tail = "figcaption", None
            caption.set("id", f"t{number}")
            figure.insert(0, caption)
            frame.set("aria-labelledby", f"t{number}")
        above = len(table.findall("thead/tr"))
        for column in zip(*grid(table), strict=True):
            headings, cells = (
                [cell for cell in part if cell is not None] for part in (column[:above], column[above:])
            )
            for heading in headings:
                heading.set("scope", "colgroup" if "colspan" in heading.attrib else "col")
                if cells and all("number" in cell.classes for cell in cells):
                    heading.classes.add("number")


def _size_pictures(body: HtmlElement) -> None:
    """Show every chart at its printed size, so that all have the same letters; mark the wide ones."""
    for picture in (picture for chart in body.find_class("chart") for picture in chart.iter("img")):
        head, _, content = picture.get("src", "").partition(",")
        if not head.startswith("data:image/png"):
            continue
        with Image.open(io.BytesIO(base64.b64decode(content))) as image:
            scale = _CSS_PIXELS_AN_INCH / image.info.get("dpi", (_CSS_PIXELS_AN_INCH,))[0]
            width, height = (round(side * scale) for side in image.size)
        picture.set("width", str(width))
        picture.set("height", str(height))
        if width > _WIDE:
            picture.classes.add("wide")
