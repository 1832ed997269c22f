"""Which pages of a PDF cannot be read: pictures of text, and text of which the file does not say what it is."""

import pytest

from plan_monitor.grid.sheet import Unreadable
from plan_monitor.reading.source.pdf import file

PICTURE = (
    "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>"
    "stream\nx\nendstream"
)
# the letter Z has no meaning
MEANINGS = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
    "1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <5A> <FFFD> endbfchar "
    "endcmap CMapName currentdict /CMap defineresource pop end end"
)
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 4 0 R>>"


def document(path, *contents):
    """A PDF of pages of 200 by 100 points, each with such content."""
    count = len(contents)
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(count))
    objects = [
        *("<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>"),
        *(PICTURE, f"<</Length {len(MEANINGS)}>>stream\n{MEANINGS}\nendstream"),
    ]
    for at, content in enumerate(contents):
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents {6 + 2 * at} 0 R"
            f"/Resources<</Font<</F {FONT}>>/XObject<</X 3 0 R>>>>>>",
            f"<</Length {len(content)}>>stream\n{content}\nendstream",
        ]
    body = "".join(f"{number} 0 obj\n{one}\nendobj\n" for number, one in enumerate(objects, start=1))
    path.write_bytes(f"%PDF-1.4\n{body}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n%%EOF".encode("ascii"))
    return path


def text(letters):
    return f"BT /F 8 Tf 1 0 0 1 5 50 Tm ({letters}) Tj ET "


def picture(width):
    return f"q {width} 0 0 100 0 0 cm /X Do Q "


def boxes(number):
    return "".join(f"{at % 190} {at % 90} 5 5 re f " for at in range(number))


@pytest.mark.parametrize(
    ("content", "is_scan"),
    [
        (picture(100), True),  # half of the page
        (picture(99), False),
        (picture(200) + text("a" * 12), True),  # a stamp
        (picture(200) + text("a" * 13), False),
        (picture(200) + text("a  " * 12), True),
        (boxes(200), True),  # letters that are drawn
        (boxes(199), False),
        (boxes(200) + text("a"), False),
        ("", False),
    ],
)
def test_a_page_that_is_most_of_all_a_picture_is_a_scan(tmp_path, content, is_scan):
    path = document(tmp_path / "made.pdf", text("some text"), content)
    if is_scan:
        with pytest.raises(Unreadable, match="page 2 is a scan"):
            file.read(path, ocr=False)
    else:
        pages, remarks = file.read(path, ocr=False)
        assert (len(pages), remarks) == (2, [])


@pytest.mark.parametrize(("known", "is_garbled"), [(19, False), (18, True)])
def test_one_of_twenty_characters_may_have_no_meaning(tmp_path, known, is_garbled):
    path = document(tmp_path / "made.pdf", text("Z" + "a" * known), text("a"))
    if is_garbled:
        with pytest.raises(Unreadable, match="fonts of page 1 do not"):
            file.read(path, ocr=False)
    else:
        assert file.read(path, ocr=False)[0][0].garbled == 1


def test_garbled_pages_are_told_before_scans_and_each_by_its_number(tmp_path):
    path = document(tmp_path / "made.pdf", picture(200), text("ZZ"), text("a"), text("ZZ"), text("ZZ"))
    with pytest.raises(Unreadable) as refused:
        file.read(path, ocr=False)
    assert refused.value.expected["en"].startswith("expected text; the fonts of page 2, 4-5 do not tell")
    assert refused.value.expected["zh"].startswith("第 2, 4-5 页的字体没有文字编码")


def test_a_part_that_is_turned_is_a_page_of_its_own(tmp_path):
    turned = f"BT /F 10 Tf 1 0 0 1 5 80 Tm ({'b' * 33}) Tj 0 1 -1 0 150 2 Tm ({'i' * 30}) Tj ET"
    pages, _ = file.read(document(tmp_path / "made.pdf", turned, text("a")), ocr=False)
    assert [len(page.chars) for page in pages] == [33, 30, 1]


@pytest.mark.parametrize(("number", "fits"), [(2000, True), (2001, False)])
def test_a_document_has_at_most_two_thousand_pages(tmp_path, number, fits):
    path = document(tmp_path / "made.pdf", *[""] * number)
    if fits:
        assert len(file.read(path, ocr=False)[0]) == 2000
    else:
        with pytest.raises(Unreadable, match="at most 2000 pages"):
            file.read(path, ocr=False)
