"""A small project for the tests: a notebook and its recipes; its data are conftest's ``folder``."""

from pathlib import Path

import nbformat

from reportkit.render import inputs
from reportkit.render.recipes import read
from reportkit.render.sources import Sources

PARAMETERS = """region: str = "532399"  # code / 代码
as_of: str = "2025-12"
data: str = ""
lang: str = "zh"
years: int = 5
share: float = 0.5"""
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
SHOW = f'''import sys
print("noise", file=sys.stderr)
from IPython.display import display
display({{"image/png": "{PIXEL}", "text/plain": "曲线：2020 91 \\"<b>\\""}}, raw=True)
html = "<table class='report-table'><caption>表甲</caption><thead><tr><th>指标</th><th>值</th></tr></thead>"
html += "<tbody><tr><td>入园率</td><td class='number status-slow'>91</td></tr></tbody></table>"
display({{"text/html": html, "text/markdown": "| x |", "text/plain": "x"}}, raw=True)'''
ANSWER = """from IPython.display import display
said = {"zh": f"**{region} 到 {as_of}**，两项达成。", "en": f"**{region} by {as_of}**: two reached."}
display({"text/markdown": said[lang], "text/plain": said[lang]}, raw=True)"""


def notebook(path: Path, *code: str, parameters: str = PARAMETERS) -> None:
    """Write a notebook with titles and prose in both languages, a headline and some code cells."""
    cells = [
        ("markdown", "# 一份规划 <5%", "lang-zh"),
        ("markdown", "# A plan", "lang-en"),
        ("code", parameters, "parameters"),
        ("code", "import os", ""),
        ("markdown", "## 结论", "lang-zh"),
        ("markdown", "## The answer", "lang-en"),
        ("code", ANSWER, "headline"),
        ("markdown", "## 结论", "lang-zh"),
        *(("code", source, "") for source in code),
    ]
    made = nbformat.v4.new_notebook()
    made.metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    }
    for kind, source, tag in cells:
        new = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
        made.cells.append(new(source, metadata={"tags": [tag] if tag else []}))
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, path)


def project(folder: Path, reports: str) -> Path:
    """Lay out notebooks/ and reports/; give the recipes file back."""
    notebook(folder / "notebooks" / "schools" / "plan.ipynb", SHOW)
    recipes = folder / "reports" / "recipes.yml"
    recipes.parent.mkdir(exist_ok=True)
    recipes.write_text(
        "notebooks: ../notebooks\ndomains:\n  schools: {zh: 学校, en: Schools}\nreports:\n" + reports,
        encoding="utf-8",
    )
    return recipes


def jobs(recipes: Path, data: Path) -> list:
    """Checked jobs of a recipes file."""
    sources = Sources(data)
    found, findings = read(recipes, sources)
    found, more = inputs.check(found, recipes.name, sources)
    assert findings + more == []
    return found
