"""How the guide and the reference are built: once a language, from docs/en and docs/zh (`make docs`)."""

import inspect
import re
from importlib import metadata

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.ext.napoleon import NumpyDocstring
from sphinx.search.zh import SearchChinese

project = "plan-monitor"
author = "plan-monitor contributors"
copyright = author
release = version = metadata.version(project)

extensions = ["myst_parser", "sphinx.ext.autodoc"]
language = "en"  # zh_CN for the Chinese guide, by the command line
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

# docstrings put names of arguments and other functions in single backticks
default_role = "code"
add_module_names = False
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
python_use_unqualified_type_names = True
toc_object_entries_show_parents = "hide"

html_theme = "furo"
html_title = "plan-monitor"
html_static_path = ["_static"]
html_css_files = ["guide.css"]
templates_path = ["_templates"]
html_copy_source = False
html_domain_indices = False
html_show_sphinx = False
html_show_copyright = False
html_math_renderer = "mathml"
html_sidebars = {
    "**": [
        *("sidebar/brand.html", "language.html", "sidebar/search.html"),
        *("sidebar/scroll-start.html", "sidebar/navigation.html", "sidebar/scroll-end.html"),
    ]
}


class Search(SearchChinese):
    """Finds Chinese without a dictionary: by pairs of characters, and in runs of them for longer words."""

    language_name = "English"  # whose stemmer it takes: before 9.1 Sphinx looks for one of this name

    def split(self, input: str) -> list[str]:
        runs = re.findall(r"[\u4e00-\u9fff]+", input)
        pairs = [run[place : place + 2] for run in runs for place in range(len(run) - 1)]
        return runs + pairs + super().split(input)


def formula(self, node: nodes.math | nodes.math_block) -> None:
    """A formula as MathML: browsers show it without a script from elsewhere."""
    as_block = isinstance(node, nodes.math_block)
    made = tex2mathml(node.astext(), as_block=as_block)
    self.body.append(f'<div class="formula">{made}</div>' if as_block else made)
    raise nodes.SkipNode


def to_the_other_language(app, docname: str, source: list[str]) -> None:
    """Links to pages of the other language, which is built apart and stands beside this one."""
    link = r"\[([^\]]+)\]\((\.\./(?:en|zh)/[\w/-]+)\.md\)"
    source[0] = re.sub(link, r'<a href="\2.html">\1</a>', source[0])


def twin(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    """The same page in the other language, or the page above: the reference has English pages alone."""
    english = app.config.language == "en"
    page = pagename.split("/")[0] if english else pagename
    context["twin"] = f"{context['pathto']('', 1)}../{'zh' if english else 'en'}/{page}.html"
    context["twin_name"] = "中文" if english else "English"


def with_sections(app, what, name, obj, options, lines: list[str]) -> None:
    """Sections that are underlined; napoleon would also take a property's "In 2025: …" for its type."""
    if what in ("class", "function", "method"):
        lines[:] = NumpyDocstring(lines, what=what, name=name, obj=obj, options=options).lines()


def without_fields(app, what, name, obj, skip, options) -> bool | None:
    """Fields of a named tuple say of themselves only at which place they stand; `with_fields` tells more."""
    return True if type(obj).__name__ == "_tuplegetter" else None


def with_fields(app, what, name, obj, options, lines: list[str]) -> None:
    """What a field of a result holds is told in a comment behind it."""
    fields = getattr(obj, "_fields", getattr(obj, "__dataclass_fields__", ())) if what == "class" else ()
    if fields:
        told = re.findall(r"^    (\w+): .*  # (.+)$", inspect.getsource(obj), flags=re.MULTILINE)
        lines += [f"- ``{field}``: {comment}" for field, comment in told if field in fields]


def setup(app) -> None:
    app.add_html_math_renderer("mathml", (formula, None), (formula, None))
    app.add_search_language(Search)
    app.connect("autodoc-skip-member", without_fields)
    app.connect("autodoc-process-docstring", with_sections)
    app.connect("autodoc-process-docstring", with_fields)
    app.connect("source-read", to_the_other_language)
    app.connect("html-page-context", twin)
