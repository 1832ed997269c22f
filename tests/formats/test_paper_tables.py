"""Tables on paper: wide ones in parts, none over another, numbers to cite them by."""

import io

import docx
import pytest
from small_page import laid_out

from overprinted import overprinted
from reportkit.formats.all import formats
from reportkit.table import Column, table
from reportkit.words import number
from small_project import PIXEL


@pytest.mark.parametrize(
    ("counties", "text"),
    [
        (4, "≥ 98.88 %（2022-09）"),
        (8, "≥ 98.88 %（2022-09）"),
        (16, "≥ 98.88 %（2022-09）"),
        (14, "12,345,678.9"),
        (18, "1,234 万元（2020）"),
        (12, "preschool-education"),
    ],
)
def test_no_county_is_printed_over_the_next_however_many_there_are(shown, counties, text):
    rows = ["九年义务教育巩固率（含特殊教育）", "农村自来水普及率"]
    columns = [Column(f"第{k}县", [text] * 2, figures=True) for k in range(counties)]
    table("别处的同一指标", [Column("指标", rows), *columns])
    made = formats(laid_out(shown), ("pdf", "docx"))
    assert overprinted(made[".pdf"]) == []
    word = docx.Document(io.BytesIO(made[".docx"]))
    heads = [[cell.text for cell in part.rows[0].cells] for part in word.tables]
    assert all(head[0] == "指标" for head in heads)
    assert [name for head in heads for name in head[1:]] == [f"第{k}县" for k in range(counties)]
    captions = [p.text for p in word.paragraphs if "别处" in p.text]
    assert captions == ["表 1　别处的同一指标", *["表 1　别处的同一指标（续）"] * (len(heads) - 1)]
    assert (len(heads) > 1) == (counties > 4)


def test_charts_and_tables_have_the_same_numbers_in_every_format(shown):
    for caption in ("甲表", "乙表"):
        table(caption, [Column("名", ["一"]), Column("值", [number(1.0)])])
    chart = {"image/png": PIXEL, "text/plain": "曲线"}
    page = laid_out([shown[0], chart, shown[1], chart])
    assert [part.get("id") for part in page.body.iter("figure")] == ["t1", "f1", "t2", "f2"]
    made = formats(page, ("docx", "pdf", "xlsx"))
    said = [p.text for p in docx.Document(io.BytesIO(made[".docx"])).paragraphs]
    assert [text for text in said if text.startswith(("表", "图"))] == [
        "表 1　甲表",
        "图 1",
        "表 2　乙表",
        "图 2",
    ]


def test_the_chart_of_a_brief_has_no_number():
    chart = {"image/png": PIXEL, "text/plain": "曲线"}
    assert [part.get("id") for part in laid_out([chart], "brief").body.iter("figure")] == [None]
