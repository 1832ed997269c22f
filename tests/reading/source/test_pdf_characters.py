"""Which characters a PDF page has, by the codes that its font says they are."""

import pypdfium2
import pytest

from plan_monitor.reading.source.pdf import pages


def page(codes, first="B"):
    """A page with some letters and a B; `codes` says, as UTF-16 in hexadecimal digits, what those letters stand for."""
    letters = " ".join(f"<{ord(letter):02X}> <{code}>" for letter, code in codes.items())
    meanings = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        f"1 begincodespacerange <00> <FF> endcodespacerange {len(codes)} beginbfchar {letters} endbfchar "
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    text = f"BT /F 24 Tf 100 700 Td ({first}{''.join(codes)}B) Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(text)}>>stream\n{text}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        f"<</Length {len(meanings)}>>stream\n{meanings}\nendstream",
    ]
    body = "".join(f"{number} 0 obj\n{one}\nendobj\n" for number, one in enumerate(objects, start=1))
    file = f"%PDF-1.4\n{body}trailer<</Size 7/Root 1 0 R>>\n%%EOF"
    return pages.read(pypdfium2.PdfDocument(file.encode("ascii"))[0])


@pytest.mark.parametrize(
    ("code", "text"),
    [
        pytest.param("4E2D", "中", id="a character"),
        pytest.param("D840DC00", "𠀀", id="one of two halves"),
        pytest.param("DBFFDFFF", "\U0010ffff", id="the last of them"),
        pytest.param("DC00", "�", id="a second half alone"),
        pytest.param("DFFF", "�", id="the last of those"),
        pytest.param("E000", "�", id="a code that a font gives a meaning"),
        pytest.param("F8FF", "�", id="the last of those codes"),
        pytest.param("0000", "�", id="no code"),
        pytest.param("FFFD", "�", id="a sign that it is none"),
        pytest.param("FFFE", "�", id="no character"),
        pytest.param("2F00", "一", id="a radical"),
        pytest.param("2FD5", "龠", id="the last of them"),
        pytest.param("F900", "豈", id="one of a character set before"),
        pytest.param("2FE0", "\u2fe0", id="no radical"),
        pytest.param("FF11", "１", id="a wide digit"),
        pytest.param("0002", "-", id="a hyphen at the end of a line"),
        pytest.param("001F", " ", id="a sign of none"),
        pytest.param("0021", "!", id="the first sign"),
        pytest.param("00A0", " ", id="a blank that does not break"),
        pytest.param("3000", " ", id="a wide blank"),
        pytest.param("00AD", "", id="where a word may be divided"),
        pytest.param("200B", "", id="where a line may end"),
        pytest.param("FEFF", "", id="no width"),
    ],
)
def test_a_character_is_what_its_font_says(code, text):
    made = page({"A": code})
    assert [char.text for char in made.chars] == ["B", text, "B"]
    assert made.garbled == (text == "�")


def test_a_second_half_belongs_to_the_first_right_before_it():
    assert [char.text for char in page({"A": "D840", "C": "DC00"}).chars] == ["B", "𠀀", "B"]
    assert [char.text for char in page({"A": "D840DC00", "C": "DC00"}).chars] == ["B", "𠀀", "�", "B"]
    assert [char.text for char in page({"A": "DC00"}, first="").chars] == ["�", "B"]
