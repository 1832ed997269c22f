"""Small pages: one with a table, one with what a notebook displays."""

import nbformat

from reportkit.formats.page import lay_out
from reportkit.jobs import Job


def tiny(cells, lang="zh"):
    """A page with a title and a table of names and values, given as HTML."""
    html = "<table class='report-table'><caption>表</caption><thead><tr><th>名称</th><th>值</th></tr></thead><tbody>"
    html += "".join(f"<tr><td>{name}</td><td class='number'>{value}</td></tr>" for name, value in cells)
    output = nbformat.v4.new_output("display_data", data={"text/html": html + "</tbody></table>"})
    code = nbformat.v4.new_code_cell("x", outputs=[output])
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# 题 =1"), code])
    return lay_out(notebook, Job("tiny", None, "d", {"lang": lang}, 1))


def laid_out(bundles, *tags):
    """A page of one cell with tags that displayed these."""
    outputs = [nbformat.v4.new_output("display_data", data=dict(bundle)) for bundle in bundles]
    cell = nbformat.v4.new_code_cell("x", outputs=outputs, metadata={"tags": list(tags)})
    return lay_out(nbformat.v4.new_notebook(cells=[cell]), Job("tiny", None, "d", {"lang": "zh"}, 1))
