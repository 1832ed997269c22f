"""An executed notebook laid out as a page, from which every other format is made."""

import base64
import contextlib
import io
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from lxml.html import HtmlElement, HTMLParser, fragment_fromstring, tostring
from nbconvert import TemplateExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from PIL import Image
from pygments import highlight
from pygments.filter import simplefilter
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from pygments.token import Comment, Keyword, Number, Operator, String, Text

from reportkit import source
from reportkit.formats import first
from reportkit.formats.charts import Drawing, arrange
from reportkit.formats.endings import endings
from reportkit.formats.jinja import TEMPLATES, environment, script
from reportkit.formats.notes import Note, link, mark, runs, table_data
from reportkit.formats.tables import frame, sortable
from reportkit.jobs import Job
from reportkit.language import current, of_data, tr, using

_CSS_PIXELS_AN_INCH = 96
# characters that no document may hold
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff\ufffe\uffff]")
_WIDE = 600  # pixels: more than one panel, unreadable when squeezed into a phone
# tokens of code that have a colour, each with the token that defines it
_COLOURS = {kind: kind for kind in (Keyword, String, Number, Comment)} | {Operator.Word: Keyword}
# figures as pictures, tables and sentences as text; nothing that needs a script
_PRIORITY = ["text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain"]


class _Exporter(TemplateExporter):
    """Exports cells with our template; nbconvert's own HTML exporter parses the finished page again."""

    def _preprocess(self, nb, resources):
        """Prepare the copy of a notebook in place; nbconvert's preprocessors would copy it twice more."""
        nb.cells = in_language(nb.cells)
        resources["marked"] = mark(nb)
        return nb, resources


@cache
def _exporter() -> _Exporter:
    exporter = _Exporter(
        template_name="report",
        file_extension=".html",
        extra_template_basedirs=[str(TEMPLATES)],
        config={"NbConvertBase": {"display_data_priority": _PRIORITY}},
    )
    # made once, not for every cell
    lexer, formatter = PythonLexer(stripall=True), HtmlFormatter(cssclass="highlight hl-python")
    lexer.add_filter(_in_colour())
    # and once for the same code: reports of one notebook share it
    coloured = lru_cache(1000)(partial(highlight, lexer=lexer, formatter=formatter))
    exporter.register_filter("highlight_code", coloured)
    exporter.register_filter("markdown2html", _html)
    exporter.environment.globals["tr"] = tr
    return exporter


@simplefilter
def _in_colour(self, lexer, stream, options) -> Iterator[tuple[Any, str]]:
    """Tokens of code reduced to those with a colour; others become text, which needs no element."""
    for kind, text in stream:
        yield next((colour for token, colour in _COLOURS.items() if kind in token), Text), text


def _html(text: str, attachments: dict[str, Any] | None = None) -> str:
    """HTML of the Markdown of a cell or an output, with the pictures attached to the cell."""
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True, attachments=attachments or {})
    return MarkdownWithMath(renderer=renderer).render(text)


def prepare(data: list[Path]) -> None:
    """Prepare this process for pages on some data packages; errors in reading are left to the pages."""
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
    charts: Sequence[Drawing] = ()  # those that elements of the body name by number


def lay_out(notebook: nbformat.NotebookNode, job: Job) -> Page:
    """Lay out an executed notebook, which is not changed, in the language of its job."""
    with using(job.lang):
        text, resources = _exporter().from_notebook_node(notebook)
        marked = resources["marked"]
        parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
        body = fragment_fromstring(_CONTROL.sub("", text), create_parent="article", parser=parser)
        arrange(body, marked.charts)
        title, question = _take_title(body)
        first.lead(body)
        _merge_code(body)
        frame(body)
        _size_pictures(body)
        for picture in body.iter("img"):
            if "alt" not in picture.attrib:  # pictures in texts; charts have one
                picture.set("alt", tr("图", "Picture"))
        data = source.opened(job.folder) if job.folder else None
        tables = table_data(body, marked.tables)
        notes = link(body, tables, marked, data) if data else None
        sortable(body, tables)
        rows = notes.rows() if notes else set()
        about = {"title": title or job.name, "question": question, **_about(body, job, data, rows)}
        return Page(job.name, about, body, list(notes or ()), tables, marked.charts)


def _about(body: HtmlElement, job: Job, data: source.Data | None, rows: set[str]) -> dict[str, Any]:
    """Entries for the front page beside title and question; `rows` are the stored rows of its notes."""
    headline = [
        line.text_content().strip() for part in body.find_class("headline") for line in part.iter("p")
    ]
    first_page = first.read(body)
    answer = [first.plain_text(first_page.answer), *headline] if first_page else headline
    region, as_of = (str(job.parameters.get(key, "")) for key in ("region", "as_of"))
    until = tr(f"截止 {as_of}", f"figures up to {as_of}") if as_of else ""
    if as_of and data:  # the setting is not the newest figure
        until += f" · {data.age(rows, region if job.region_name else '', as_of)}"
    return {
        "headline": answer[0] if answer else "",  # the first sentence or so of the answer
        "answer": answer,
        **(first.about(first_page) if first_page else {}),
        "region": job.region_name or region,
        "document": job.document_name,
        "head": dict(job.head),
        "as_of": as_of,
        "until": until,  # up to when it looks, and how new its figures are
        "lang": job.lang,
        "domain": job.domain,
        "rank": job.rank,  # of the domain
        "edition": job.edition,  # of the data
        "synthetic": bool(data) and data.synthetic(rows),
    }


def in_language(cells: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Cells tagged with the language that is set, or with none; English ones where that language is missing.

    Consecutive tagged cells are versions of one passage until a tag is repeated.
    """
    passages, passage_tags = [], set()
    for cell in cells:
        tags = {tag for tag in cell.metadata.get("tags", []) if tag.startswith("lang-")}
        if not tags or not passage_tags or tags & passage_tags:
            passages.append([])
            passage_tags = set()
        passages[-1].append((cell, tags))
        passage_tags |= tags
    result = []
    for passage in passages:
        languages = set().union(*(tags for _, tags in passage))
        language_tag = f"lang-{current() if f'lang-{current()}' in languages else of_data()}"
        result += [cell for cell, tags in passage if not tags or language_tag in tags]
    return result


def html(page: Page, others: tuple[str, ...] = (), alone: bool = False) -> str:
    """One self-contained page that opens without a network.

    It links to the files beside it in `others` of the formats, and, unless it is `alone`, to the front page
    and the notebook.
    """
    contents = _contents(page.body)
    subject, first_page = source.current(), first.section(page.body)
    body, brief = tostring(page.body, encoding="unicode"), ""
    if first_page is not None:  # it stands above the contents
        brief = tostring(first_page, encoding="unicode")
        body = body.replace(brief, "", 1)
    parts = {"about": page.about, "contents": contents, "notes": page.notes, "runs": runs, "name": page.name}
    parts |= {"brief": kept_together(brief), "body": kept_together(body)}
    parts |= {"formats": [*endings(others, first_page is not None)]}
    # what a browser may run in it
    scripts = [script("tables.js")] if page.body.find_class("long") else []
    with using(page.about["lang"]):
        template = environment().get_template("page.html.j2")
        return template.render(**parts, alone=alone, scripts=scripts, house=subject.NAME if subject else "")


def kept_together(text: str) -> str:
    """A text in which a figure and its signs stay on one line, as in ``≥ 95 %``."""
    return re.sub(r" (?:(?<=\d )(?=%)|(?<=[≥≤≈] )(?=\d))", "\u00a0", text)


def _take_title(body: HtmlElement) -> tuple[str, str]:
    """Remove the first main heading and the question below it, which the cover prints, and return them."""
    heading = body.find(".//h1")
    if heading is None:
        return "", ""
    beneath = heading.getnext()
    text = beneath.text_content().strip() if beneath is not None and beneath.tag == "p" else ""
    question = text if text.endswith(("？", "?")) else ""
    if beneath is not None and question:
        beneath.drop_tree()
    heading.drop_tree()
    return heading.text_content().strip(), question


def _contents(body: HtmlElement) -> list[dict[str, Any]]:
    """Give headings numbered anchors, as a text may occur twice, and list them."""
    contents = []
    for number, heading in enumerate(body.iter("h2", "h3"), start=1):
        heading.set("id", f"s{number}")
        contents.append({"id": f"s{number}", "text": heading.text_content().strip(), "level": heading.tag})
    return contents


def _merge_code(body: HtmlElement) -> None:
    """Join the code of cells without prose between them in one fold below the last of their results."""
    for fold in body.findall(".//details[@class='code']"):
        following = fold.getnext()
        while following is not None and "result" in following.classes:
            following = following.getnext()
        if following is not None and following.tag == "details":
            following[1:1] = [part for part in fold if "highlight" in part.classes]  # below its summary
            fold.drop_tree()


def _size_pictures(body: HtmlElement) -> None:
    """Show every chart at its printed size, so that all have letters of one size; mark wide ones."""
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
