"""The shipped notebooks, in both languages and on somebody else's data."""

import re
from pathlib import Path

import nbformat
import papermill
import pytest

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
NAMES = [
    "education/plan",
    "education/modernization_2035",
    "medical_insurance/plan",
    "rural_revitalization/plan",
]


def run(name, tmp_path, **parameters):
    """Texts that a notebook shows with these parameters."""
    path = NOTEBOOKS / f"{name}.ipynb"
    done = papermill.execute_notebook(
        path, tmp_path / "done.ipynb", parameters, cwd=path.parent, progress_bar=False, log_output=False
    )
    outputs = [output for cell in done.cells for output in cell.get("outputs", [])]
    assert {output.output_type for output in outputs} == {"display_data"}
    return [output.data["text/plain"] for output in outputs]


def stored(name):
    cells = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells
    return [output.data["text/plain"] for cell in cells for output in cell.get("outputs", [])]


@pytest.mark.parametrize("name", NAMES)
def test_the_english_report_says_the_same_numbers(name, tmp_path):
    english, chinese = run(name, tmp_path, lang="en"), stored(name)
    assert len(english) == len(chinese)

    def numbers(text):
        line = text.split("\n")[0].replace("14th", "")  # 十四五 is a word
        return re.findall(r"\d[\d,.]*\d|\d", line)

    headline = [sorted(numbers(text)) for text in english[:2]]
    assert headline == [sorted(numbers(text)) for text in chinese[:2]]
    # places in a Chinese document stay Chinese; everything else is English
    shown = [text for text in english if "Place in it" not in text and "| Place" not in text]
    assert [
        re.findall(r"[\u4e00-\u9fff]+", text) for text in shown if re.search(r"[\u4e00-\u9fff]", text)
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_another_countys_data_make_a_report(name, folder, tmp_path):
    parameters = {"region": "532399", "data": str(folder), "document": "plan-1", "lang": "en"}
    beside = {"beside": "530000"} if "modernization" in name else {}
    said = run(name, tmp_path, **parameters, **beside)
    assert "Education plan of a county" in said[0]


def test_the_education_report_judges_retention_as_a_floor():
    said = "\n".join(stored("education/plan"))
    assert "九年义务教育巩固率 98 % 低于 98.88 %（2020）" in said
    assert re.search(r"九年义务教育巩固率 .*无后续实绩 · 底线 .*98.88 %（2020） .*98 %（2025）", said)
    assert re.search(r"学前教育三年毛入园率 .*无后续实绩 .*95 %（2025） .*\+0.8 百分点", said)


def test_the_rural_report_offers_a_reading_of_the_income_figures():
    said = "\n".join(stored("rural_revitalization/plan"))
    for figure in (
        "12,861 元（2020）",
        "26,581 元（2025）",
        "15.6 %",
        "19.2 %",
        "11,637 元",
        "19.9 %",
        "不作结论",
    ):
        assert figure in said


def test_the_backtest_is_printed_in_the_education_report():
    said = next(text for text in stored("education/plan") if "滚动回测" in text.split("\n")[0])
    total = [cell.strip() for cell in said.splitlines()[-1].split("|")[1:-1]]
    assert total[0] == "合计"
    assert int(total[1]) >= 20
    assert float(total[4]) < float(total[5])  # better than repeating the last value
