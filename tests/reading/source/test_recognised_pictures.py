"""What is made of the characters that a program recognises in a page's picture, and of the lines in it."""

import sys
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from shown import texts

from plan_monitor.grid.sheet import Unreadable
from plan_monitor.reading.source import read
from plan_monitor.reading.source.files import read as read_file
from plan_monitor.reading.source.pdf import recognition
from plan_monitor.reading.source.pdf.pages import Page

PIXEL = 72 / 200  # points
SHEET = Page([], [], [], 200, 100, 0, 0.75, 3)


def page(*boxes, width=560, height=280, grey=0):
    """A page whose picture has so many pixels, white but for some boxes (left, top, width, height)."""
    picture = np.full((height, width, 3), 255, np.uint8)
    for left, top, across, down in boxes:
        picture[top : top + down, left : left + across] = grey
    return SimpleNamespace(render=lambda scale: SimpleNamespace(to_numpy=lambda: picture))


def box(x0, top, x1, bottom):
    return [[x0, top], [x1, top], [x1, bottom], [x0, bottom]]


@pytest.fixture
def recognised(monkeypatch):
    """Stands in for the optional program: what it finds in any picture is given."""

    def made(*lines, found=True):
        class Program:
            def __init__(self, **options):
                pass

            def __call__(self, picture, **options):
                return SimpleNamespace(txts=("x",) if found else None, word_results=lines)

        monkeypatch.setitem(sys.modules, "rapidocr", SimpleNamespace(RapidOCR=Program))
        return recognition.engine()

    return made


def test_characters_lie_on_the_page_where_they_do_in_its_picture(recognised):
    """Two hundred pixels are 72 points; a box is a little higher than its characters."""
    first, second = ("县", 0.9, box(100, 50, 130, 90)), ("市", 0.5, box(130, 50, 160, 90))
    made = recognised((first, second, ("疑", 0.49, box(160, 50, 190, 90)), ("无", 0.9, [])))(page(), SHEET)
    assert [char.text for char in made.chars] == ["县", "市"]
    assert made.chars[0][1:] == pytest.approx((36, 46.8, 18 + 0.15 * 14.4, 32.4 - 0.15 * 14.4))
    assert (made.width, made.height) == pytest.approx((201.6, 100.8))
    assert (made.horizontal, made.vertical, made.garbled, made.pictured, made.drawn) == ([], [], 0, 0.75, 3)


def test_a_blank_picture_has_no_characters(recognised):
    empty = ("", 0.9, box(0, 0, 9, 9))
    assert recognised((empty,), found=False)(page(), SHEET).chars == []


def lines(rules):
    return [tuple(round(float(one) / PIXEL, 3) for one in rule) for rule in rules]


@pytest.mark.parametrize(
    ("length", "ends"),
    [
        (66, None),  # a stroke of a character
        (67, (97, 170)),  # dark pixels among seventy
        (70, (97, 173)),
        (150, (97, 253)),
    ],
)
def test_a_row_of_dark_pixels_is_a_line(recognised, length, ends):
    made = recognised()(page((100, 50, length, 1)), SHEET)
    assert (lines(made.horizontal), lines(made.vertical)) == ([(50, *ends)] if ends else [], [])
    turned = recognised()(page((50, 100, 1, length)), SHEET)
    assert (lines(turned.horizontal), lines(turned.vertical)) == ([], [(50, *ends)] if ends else [])


def test_lines_in_one_row_are_told_apart_and_each_row_has_its_own(recognised):
    made = recognised()(page((50, 100, 120, 2), (300, 100, 100, 1), (0, 0, 70, 1)), SHEET)
    assert lines(made.horizontal) == [(0, 0, 73), (100, 47, 173), (100, 297, 403), (101, 47, 173)]


@pytest.mark.parametrize(("grey", "is_line"), [(139, True), (140, False)])
def test_a_pale_line_is_none(recognised, grey, is_line):
    assert bool(recognised()(page((100, 50, 200, 3), grey=grey), SHEET).horizontal) == is_line


@pytest.mark.parametrize(("width", "number"), [(56, 0), (69, 0), (70, 20)])
def test_a_picture_smaller_than_any_line_has_none(recognised, width, number):
    made = recognised()(page((0, 0, width, 20), width=width, height=20), SHEET)
    assert (len(made.horizontal), len(made.vertical)) == (number, 0)


def scans(path, number):
    image = Image.new("RGB", (400, 600), "white")
    image.save(path, save_all=True, append_images=[image] * (number - 1))
    return path


def test_pages_that_are_recognised_are_named(tmp_path, recognised):
    text = "全州新建幼儿园一百所。"
    recognised(
        tuple((char, 0.9, box(100 + 40 * at, 300, 140 + 40 * at, 340)) for at, char in enumerate(text))
    )
    source = read_file(scans(tmp_path / "scan.pdf", 3), ocr=True)
    assert "".join(texts(source)) == text * 3
    (remark,) = source.remarks
    assert remark == (
        "第 1-3 页由图片识别，数字请核对",
        "page 1-3: recognised from pictures; check the figures",
    )
    with pytest.raises(Unreadable, match="page 1-3 is a scan"):
        read(tmp_path / "scan.pdf")
