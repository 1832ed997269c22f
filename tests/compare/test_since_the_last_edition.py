"""A figure is corrected, one is published, a date passes: ``compare`` and the next edition's report say so."""

import json

import docx
import pytest
from bs4 import BeautifulSoup
from pypdfium2 import PdfDocument
from typer.testing import CliRunner

from plan_monitor.cli import app
from reportkit.render import run
from reportkit.render.run import Options
from reportkit.render.store import Folder
from small_project import PIXEL, jobs, notebook, project

ENTRY = "  - {notebook: schools/plan.ipynb, name: 'plan-{lang}', parameters: {as_of: '%s'}, matrix: {lang: [zh, en]}}\n"
FIRST, SECOND = "0.9.0-2026-01-31_2024-12", "0.9.1-2026-01-31_2025-12"
READ = """from plan_monitor import load, parameters
from plan_monitor import report as show
parameters(__name__)
rows = load(data).observations
names = {"preschool-rate": "入园率", "retention-rate": "巩固率", "rural-income": "收入"}
labels = [f"{names[row.indicator]} {row.period}" for row in rows.itertuples()]
figures = [show.figure(row.value, row.unit) for row in rows.itertuples()]"""
TABLE = """ids = [[row] for row in rows["id"]]
show.table(("实绩", "Actuals"), [show.Column(("名称", "Name"), labels), show.Column(("数字", "Figure"), figures, ids)])
gap = rows[rows["indicator"] == "retention-rate"]
passed = show.tr("已到期", "due") if as_of >= "2025-12" else show.tr("未到期", "not yet due")
points = [show.number(value - 98, 2) for value in gap["value"]]
columns = [show.Column(("名称", "Name"), ["巩固率"]), show.Column(("高出", "Above"), points, [[*gap["id"], "t-2"]])]
show.table(("目标", "Targets"), [*columns, show.Column(("状态", "State"), [passed])])"""
CHART = f'''from IPython.display import display
said = show.tr("曲线", "Curve") + show.tr("。", ". ") + ", ".join(f"{{a}} {{b}}" for a, b in zip(labels, figures))
display({{"image/png": "{PIXEL}", "text/plain": said}}, raw=True)'''


@pytest.fixture
def made(tmp_path, folder):
    """Make both reports up to a period, of data in which some texts are replaced; gives their folder."""

    def make(as_of, version="0.9.0", **changes):
        path = tmp_path / "notebooks/schools/plan.ipynb"
        stored = path.read_bytes() if path.is_file() else None
        recipes = project(tmp_path, ENTRY % as_of)
        if stored:
            path.write_bytes(stored)  # cells get other ids when they are written anew
        else:
            notebook(path, READ, TABLE, CHART)
        descriptor = folder / "datapackage.yaml"
        text = descriptor.read_text(encoding="utf-8").replace("0.9.0", version)
        descriptor.write_text(text, encoding="utf-8")
        for file, (old, new) in changes.items():
            path = folder / f"{file}.csv"
            assert old in path.read_text(encoding="utf-8")
            path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        options = Options(1, formats=("docx", "pdf"))
        results = list(run.run(jobs(recipes, folder), Folder(tmp_path / "out"), options))
        assert [result.reason for result in results] == ["", ""]
        return tmp_path / "out"

    return make


NEW_ROW = "o-4,plan-1,rural-income,532399,2020,=,12861,元,A,printed,,第三章,,\n"
LATER = {
    "observations": (
        "98.88,%,A,printed,,第一章,,\n" + NEW_ROW,
        "98.98,%,A,printed,,第一章,,\n" + NEW_ROW + NEW_ROW.replace("o-4", "o-5").replace("2020", "2024"),
    )
}


def ask(*arguments):
    done = CliRunner().invoke(app, ["compare", *map(str, arguments)])
    return done.exit_code, done.stdout


def since(path):
    text = path.read_text(encoding="utf-8").replace("\u00a0", " ")
    soup = BeautifulSoup(text, "html.parser")
    return soup, [item.get_text() for item in soup.select("#since li")]


@pytest.mark.slow
def test_a_later_edition_says_what_changed_and_why(made, tmp_path):
    first = made("2024-12")
    assert "#since" not in (first / "index.html").read_text(encoding="utf-8")
    assert since(first / "plan-zh.html")[1] == []
    out = made("2025-12", "0.9.1", **LATER)
    soup, said = since(out / "plan-zh.html")
    expected = [
        "数据版本：0.9.0 2026-01-31 → 0.9.1 2026-01-31",
        "截止时间：2024-12 → 2025-12",
        "更正：巩固率 98.88 %（2020），某县 → 巩固率 98.98 %（2020），某县",
        "新用到的数字 1 个：农民收入 12,861 元（2024），某县",
        "532399 到 2024-12 → 532399 到 2025-12",
        "图“曲线”：巩固率 2020 98.88 % → 巩固率 2020 98.98 %；– → 收入 2024 12,861 元",
        "表“实绩”，巩固率 2020：数字 98.88 % → 98.98 %（更正的数字）",
        "表“实绩”：新增行：收入 2024（新用到的数字）",
        "表“目标”，巩固率：高出 0.88 → 0.98（更正的数字）；状态 未到期 → 已到期（更正的数字或截止时间变动）",
    ]
    assert said == expected
    marked = [(cell.get_text(), cell["title"]) for cell in soup.select(".changed")]
    assert marked == [
        ("98.98 %", "上一版：98.88 %"),
        ("收入 2024", "上一版没有这一行"),
        ("0.98", "上一版：0.88"),
        ("已到期", "上一版：未到期"),
    ]
    link = soup.select_one(".changed a.source")
    assert link["title"].startswith("上一版：98.88 %\n巩固率 98.98 %（2020）")
    headings = [heading.get_text() for heading in soup.select("main h2")]
    assert headings[:2] == ["结论", "与上一版相比"]
    assert "与上一版相比" in soup.select_one("nav").get_text()

    english = since(out / "plan-en.html")[1]
    assert (
        english[2]
        == "corrected: Retention rate 98.88 % (2020), A county → Retention rate 98.98 % (2020), A county"
    )
    assert "table “Actuals”, 巩固率 2020: Figure 98.88 % → 98.98 % (corrected figure)" in english
    assert english[-1].endswith("State not yet due → due (corrected figure or another cut-off date)")

    code, printed = ask(FIRST, out, "--reports", out, "--lang", "zh")
    assert code == 0
    lines = [line.strip() for line in printed.splitlines()]
    assert lines[0] == "一份规划 <5%（plan-zh）"
    assert [line for line in lines if line in expected] == expected
    assert lines[-1] == "1 份报告，1 份有改动"
    code, printed = ask(out / FIRST / "plan-en.ipynb", out / "plan-en.ipynb", "--lang", "en")
    assert code == 0
    assert all(sentence in printed for sentence in english)

    paper = "\n".join(part.text for part in docx.Document(out / "plan-zh.docx").paragraphs).replace(
        "\u00a0", " "
    )
    assert all(sentence in paper for sentence in expected)
    pages = "".join(page.get_textpage().get_text_bounded() for page in PdfDocument(out / "plan-zh.pdf"))
    assert "巩固率2020：数字98.88%→98.98%" in "".join(pages.split())
    front = BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert front.select_one("a[href='plan-zh.html#since']").get_text() == "表格、图和文字共有 6 处不同"


@pytest.mark.slow
def test_made_again_it_says_the_same_and_is_not_made_in_vain(made):
    made("2024-12")
    out = made("2025-12", "0.9.1", **LATER)
    before = (out / "plan-zh.html").read_bytes()
    made("2025-12", "0.9.1", targets=("26581", "26582"))  # a correction within the edition
    assert since(out / "plan-zh.html")[1] == since_of(before)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["reports"]
    made("2025-12", "0.9.1")
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["reports"] == manifest


def since_of(page):
    return [
        item.get_text()
        for item in BeautifulSoup(page.decode().replace("\u00a0", " "), "html.parser").select("#since li")
    ]
