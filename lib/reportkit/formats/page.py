"""An executed notebook laid out: its page, and what every other format is made from."""

import base64
import contextlib
import copy
import io
import re
from functools import cache, partial
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from lxml.etree import XPath
from lxml.html import HtmlElement, HTMLParser, fragment_fromstring, tostring
from lxml.html.builder import E
from nbconvert import TemplateExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from PIL import Image
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from reportkit import source
from reportkit.formats.charts import Drawing, arrange
from reportkit.formats.jinja import TEMPLATES, environment
from reportkit.formats.notes import Note, link, mark, taken
from reportkit.jobs import Job
from reportkit.language import current, of_data, tr, using

_CSS_PIXELS_AN_INCH = 96
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # characters that no document may hold
_WIDE = 600  # pixels: more than one panel, unreadable when squeezed into a phone
# figures as pictures, tables and sentences as text; nothing that needs a script
_PRIORITY = ["text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain"]
_MOST = 1000  # columns that a cell may span, as in browsers
_spans = XPath(".//@colspan | .//@rowspan")


@cache
def _exporter() -> TemplateExporter:
    """Cells by our template; nbconvert's exporter of HTML parses the finished page once more."""
    exporter = TemplateExporter(
        template_name="report",
        file_extension=".html",
        extra_template_basedirs=[str(TEMPLATES)],
        default_preprocessors=[],  # none of them has anything to do here, and each copies the notebook
        config={"NbConvertBase": {"display_data_priority": _PRIORITY}},
    )
    # made once, not for every cell
    lexer, formatter = PythonLexer(stripall=True), HtmlFormatter(cssclass="highlight hl-python")
    exporter.register_filter("highlight_code", partial(highlight, lexer=lexer, formatter=formatter))
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
    """A report laid out, before it becomes a file of any format."""

    name: str  # of its file, without ending
    about: dict[str, Any]  # what the front page says about it
    body: HtmlElement  # an article of text, tables and charts; every figure leads to its note
    notes: list[Note]  # in the order of their numbers
    tables: list[dict | None]  # data of each table of the body (table.TABLE); None for a foreign one
    charts: list[Drawing]  # those that elements of the body name by number


def lay_out(notebook: nbformat.NotebookNode, job: Job) -> Page:
    """Lay out an executed notebook, which is left as it is, in the language of its job."""
    with using(job.lang):
        shown = copy.deepcopy(notebook)
        shown.cells = in_language(shown.cells)
        marked = mark(shown)
        text, _ = _exporter().from_notebook_node(shown)
        parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
        body = fragment_fromstring(_CONTROL.sub("", text), create_parent="article", parser=parser)
        arrange(body, marked.charts)
        title, question = _take_title(body)
        _merge_code(body)
        _frame_tables(body)
        _size_pictures(body)
        for picture in body.iter("img"):
            if "alt" not in picture.attrib:  # a text's own; charts have theirs
                picture.set("alt", tr("图", "Picture"))
        data = source.opened(job.folder) if job.folder else None
        tables = taken(body, marked.tables)
        notes = link(body, tables, marked, data) if data else []
        rows = notes.rows() if data else set()
        about = {"title": title or job.name, "question": question, **_about(body, job, data, rows)}
        return Page(job.name, about, body, list(notes), tables, marked.charts)


def _about(body: HtmlElement, job: Job, data: source.Data | None, rows: set[str]) -> dict[str, Any]:
    """What the front page says beside title and question about a report and the stored rows that it notes."""
    answer = [line.text_content().strip() for part in body.find_class("headline") for line in part.iter("p")]
    region, as_of = (str(job.parameters.get(key, "")) for key in ("region", "as_of"))
    until = tr(f"截止 {as_of}", f"looks at figures up to {as_of}") if as_of else ""
    if as_of and data:  # the setting is not the newest figure
        until += f" · {data.age(rows, region if job.region_name else '', as_of)}"
    return {
        "headline": answer[0] if answer else "",  # the first sentence or so of the answer
        "answer": answer,
        "region": job.region_name or region,
        "document": job.document_name,
        "as_of": as_of,
        "until": until,  # up to when it looks, and how new its figures are
        "lang": job.lang,
        "domain": job.domain,
        "rank": job.rank,  # of the domain
        "edition": job.edition,  # of the data
        "synthetic": bool(data) and data.synthetic(rows),
    }


def in_language(cells: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Cells that are tagged with the language that is set, or with none; what is not said in it, in English.

    Tagged cells one after another say the same until a tag comes again.
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


def html(page: Page, others: tuple[str, ...] = (), alone: bool = False) -> str:
    """One self-contained page that opens on an offline network.

    It leads to `others`, endings of the files beside it that hold the same in other formats, and, if it is
    not `alone`, to the front page and the notebook.
    """
    contents = _contents(page.body)
    subject = source.current()
    parts = {"about": page.about, "contents": contents, "notes": page.notes, "name": page.name}
    parts |= {"body": kept_together(tostring(page.body, encoding="unicode")), "formats": others}
    with using(page.about["lang"]):
        template = environment().get_template("page.html.j2")
        return template.render(**parts, alone=alone, house=subject.NAME if subject else "")


def kept_together(text: str) -> str:
    """A text in which a figure and its sign stay on one line, as in ``≥ 95 %``."""
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
        frame = E.div({"class": "frame", "tabindex": "0", "role": "region"})
        figure = E.figure({"class": "table"}, frame)
        table.addprevious(figure)
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
            cells = [cell for cell in column[above:] if cell is not None]
            for heading in filter(lambda cell: cell is not None, column[:above]):
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


def grid(table: HtmlElement) -> list[list[HtmlElement | None]]:
    """A table's cells by row and column; None where a row has none.

    A cell over several rows or columns, as pandas prints an index of several levels, stands in each of them.
    """
    rows, taken = [list(row.iterchildren("td", "th")) for row in table.iter("tr")], {}
    if len(set(map(len, rows))) == 1 and not _spans(table):
        return rows
    for top, row in enumerate(rows):
        left = 0
        for cell in row:
            while (top, left) in taken:
                left += 1
            height, width = _span(cell, "rowspan"), min(_span(cell, "colspan"), _MOST)
            for place in product(range(top, min(top + height, len(rows))), range(left, left + width)):
                taken[place] = cell
    width = 1 + max((left for _, left in taken), default=-1)
    return [[taken.get((top, left)) for left in range(width)] for top in range(len(rows))]


def _span(cell: HtmlElement, side: str) -> int:
    given = cell.get(side, "")
    return max(int(given), 1) if re.fullmatch(r"\d+", given, re.ASCII) else 1
