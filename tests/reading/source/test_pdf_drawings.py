"""Lines, pictures and turned text of a PDF page, from its drawing commands: a page of 200 by 100 points."""

import pypdfium2
import pytest

from plan_monitor.reading.source.pdf import pages


def page(content, box="0 0 200 100", more=()):
    """A page that draws such content; `more` are the objects that it calls X, Y and Z."""
    names = "".join(f"/{name} {number} 0 R" for name, number in zip("XYZ", (6, 7, 8), strict=True))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R"
        f"/Resources<</Font<</F 5 0 R>>/XObject<<{names}>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    ]
    body = "".join(f"{number} 0 obj\n{one}\nendobj\n" for number, one in enumerate(objects, start=1))
    file = f"%PDF-1.4\n{body}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n%%EOF"
    return pages.read(pypdfium2.PdfDocument(file.encode("ascii"))[0])


def form(content, matrix="1 0 0 1 0 0", inner=""):
    return (
        f"<</Type/XObject/Subtype/Form/BBox[-999 -999 999 999]/Matrix[{matrix}]"
        f"/Resources<</XObject<<{inner}>>>>/Length {len(content)}>>stream\n{content}\nendstream"
    )


PICTURE = (
    "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>"
    "stream\nx\nendstream"
)


def lines(made):
    """Lines across and down, each as (at, start, end)."""
    return [
        sorted(tuple(round(one, 1) for one in rule) for rule in rules)
        for rules in (made.horizontal, made.vertical)
    ]


BOX = [(40, 10, 110), (80, 10, 110)], [(10, 40, 80), (110, 40, 80)]


@pytest.mark.parametrize(
    ("content", "across", "down"),
    [
        ("2 w 10 50 m 110 50 l S", [(50, 10, 110)], []),
        ("2 w 20 10 m 20 90 l S", [], [(20, 10, 90)]),
        ("10 20 100 1 re f", [(79.5, 10, 110)], []),  # a line drawn as a box
        ("10 20 100 3.5 re f", [(78.2, 10, 110)], []),
        ("10 20 100 3.6 re f", [], []),
        ("10 20 3.5 60 re f", [], [(11.8, 20, 80)]),
        ("10 20 3.6 60 re f", [], []),
        ("10 20 4 1 re f 10 40 1 4 re f", [(79.5, 10, 14)], [(10.5, 56, 60)]),
        ("10 20 3.9 1 re f 10 40 1 3.9 re f", [], []),  # too short
        ("10 20 100 40 re f", [], []),  # a coloured box
        ("0 w 10 20 100 40 re S", *BOX),
        ("0 w 10 20 100 40 re 150 10 m 150 90 l S", BOX[0], [*BOX[1], (150, 10, 90)]),
        ("0 w 10 20 m 50 20 l 50 60 l h S", [(80, 10, 50)], [(50, 40, 80)]),  # of a triangle
        ("0 w 10 20 m 50 60 90 20 120 20 c 120 80 l S", [], [(120, 20, 80)]),  # behind a curve
        ("0 w 10 20 m 110 20 l 110 60 l S", [(80, 10, 110)], [(110, 40, 80)]),  # not closed
        ("2 0 0 3 5 7 cm 0 w 10 10 m 40 10 l 40 20 l S", [(63, 25, 85)], [(85, 33, 63)]),
        ("0 2 -3 0 100 7 cm 0 w 10 10 m 40 10 l 40 20 l S", [(13, 40, 70)], [(70, 13, 73)]),  # turned
    ],
)
def test_what_is_drawn_straight_and_thin_is_a_line(content, across, down):
    made = page(content)
    assert lines(made) == [[pytest.approx(one, abs=0.11) for one in rules] for rules in (across, down)]


def test_drawings_are_counted_and_pictures_are_measured():
    made = page(
        "q 100 0 0 50 10 20 cm /X Do Q q 50 0 0 20 10 20 cm /X Do Q 10 20 100 40 re f 9 9 5 5 re f",
        more=[PICTURE],
    )
    assert (made.pictured, made.drawn) == (pytest.approx((100 * 50 + 50 * 20) / (200 * 100)), 2)
    assert (page("10 20 5 5 re f").pictured, page("").drawn) == (0, 0)


def test_a_form_lies_where_its_matrix_and_the_pages_put_it():
    """(10, 10) is (13, 24) for the form's matrix, and (36, 53) on the page."""
    inner = "/Y 7 0 R"
    outer = form("0 w 10 10 30 20 re S /Y Do", "1 0 0 2 3 4", inner)
    made = page("q 2 0 0 2 10 5 cm /X Do Q", more=[outer, form("2 w 5 7 m 45 7 l S")])
    across, down = lines(made)
    assert across == [(-33, 36, 96), (47, 36, 96), (59, 26, 106)]
    assert down == [(36, -33, 47), (96, -33, 47)]
    skewed = page(
        "q 1 1 0 1 0 0 cm /X Do Q", more=[form("0 w 10 5 m 10 40 l 30 20 l 30 10 l S", "1 -1 0 1 0 0")]
    )
    assert lines(skewed) == [[], [(10, 60, 95), (30, 80, 90)]]


@pytest.mark.parametrize(("deep", "seen"), [(4, 1), (5, 0)])
def test_forms_lie_in_forms_four_deep(deep, seen):
    more = [
        form(f"/{name} Do", inner=f"/{name} {number} 0 R")
        for name, number in zip("ABCDEFG", range(7, 7 + deep - 1), strict=False)
    ]
    made = page("/X Do", more=[*more, form("10 20 100 1 re f")])
    assert len(made.horizontal) == seen


@pytest.mark.parametrize(("corners", "seen"), [(200, 400), (201, 0)])
def test_a_drawing_of_many_lines_is_no_table(corners, seen):
    """Each place that the pen is put down at and each line counts; they are 400 at most."""
    content = "0 w " + "".join(f"10 {at % 90} m 110 {at % 90} l " for at in range(corners)) + "S"
    assert len(page(content).horizontal) == seen // 2


TEXT = "BT /F 10 Tf {} Tm (Ab) Tj ET 2 w 20 10 m 20 60 l S 30 80 m 90 80 l S"


@pytest.mark.parametrize("corner", [(0, 0), (10, 20)])
@pytest.mark.parametrize(
    ("matrix", "size", "place", "across", "down"),
    [
        ("1 0 0 1 50 30", (200, 100), (50, 61.2), (20, 30, 90), (20, 40, 90)),
        ("0 1 -1 0 50 30", (100, 200), (30, 41.2), (20, 10, 60), (80, 30, 90)),
        ("-1 0 0 -1 50 30", (200, 100), (150, 21.2), (80, 110, 170), (180, 10, 60)),
        ("0 -1 1 0 50 30", (100, 200), (70, 141.2), (180, 40, 90), (20, 110, 170)),
    ],
)
def test_a_page_whose_text_is_turned_is_made_upright(matrix, size, place, across, down, corner):
    """Wherever the corner of the page is; all that is drawn moves with it."""
    moved = f"1 0 0 1 {corner[0]} {corner[1]} cm "
    made = page(
        moved + TEXT.format(matrix), box=f"{corner[0]} {corner[1]} {200 + corner[0]} {100 + corner[1]}"
    )
    assert (made.width, made.height) == size
    assert [char.text for char in made.chars] == ["A", "b"]
    first = made.chars[0]
    assert (first.x0, first.top) == pytest.approx(place) and first.bottom == pytest.approx(first.top + 10)
    assert made.chars[1].x0 == pytest.approx(first.x1) and first.x1 - first.x0 == pytest.approx(
        6.67, abs=0.01
    )
    assert lines(made) == [[across], [down]]


@pytest.mark.parametrize(
    ("angle", "seen"),
    [("1 0.15", True), ("1 0.17", False), ("0.7 0.7", False), ("0.15 1", True), ("0.17 1", False)],
)
def test_slanted_text_is_a_watermark(angle, seen):
    """A tenth of a right angle, which is nine degrees, is still no slant."""
    across, up = angle.split()
    made = page(f"BT /F 10 Tf {across} {up} -{up} {across} 50 30 Tm (A) Tj ET")
    assert len(made.chars) == seen


@pytest.mark.parametrize(("number", "parts"), [(29, 0), (30, 1)])
def test_thirty_characters_turned_otherwise_are_a_page_of_their_own(number, parts):
    turned = "i" * number
    made = page(f"BT /F 10 Tf 1 0 0 1 5 80 Tm ({'i' * 40}) Tj 0 1 -1 0 150 2 Tm ({turned}) Tj ET")
    assert len(made.turned) == parts
    assert len(made.chars) == 40 + number * (not parts)
    assert [len(one.chars) for one in made.turned] == [number] * parts
    assert [(one.width, one.height) for one in made.turned] == [(100, 200)] * parts


def placed(*places):
    return "BT /F 10 Tf " + "".join(f"1 0 0 1 {x} {y} Tm ({text}) Tj " for text, x, y in places) + "ET"


@pytest.mark.parametrize(
    ("x", "y", "seen"),
    [
        (-4.2, 30, True),
        (-4.4, 30, False),
        (197.6, 30, True),
        (197.8, 30, False),
        (50, 97.1, True),
        (50, 97.3, False),
        (50, -4.7, True),
        (50, -4.9, False),
    ],
)
def test_a_character_is_on_the_page_where_its_middle_is_a_point_beyond_it_at_most(x, y, seen):
    """An A of size 10 is 6.67 wide, from 1.2 below its line to 8.8 above."""
    assert len(page(placed(("A", x, y))).chars) == seen


@pytest.mark.parametrize(
    ("moved", "y", "number"), [(0.5, 30, 1), (1, 30, 1), (-1, 30, 1), (2, 30, 2), (-2, 30, 2), (0, 32, 2)]
)
def test_a_character_drawn_twice_to_look_bold_is_one(moved, y, number):
    between = [(letter, 90 + 9 * at, 30) for at, letter in enumerate("CDEFGHIJ")]
    assert len(page(placed(("A", 50, 30), *between, ("A", 50 + moved, y))).chars) == 8 + number
    assert len(page(placed(("A", 50, 30), *between, ("B", 50 + moved, y))).chars) == 10


@pytest.mark.parametrize("quarter", ["1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "0 -1 1 0"])
def test_a_character_is_as_high_as_its_size_whichever_way_it_is_turned(quarter):
    """Also where the size is that of its matrix."""
    a, b, c, d = (3 * int(one) for one in quarter.split())
    (char,) = page(f"BT /F 10 Tf {a} {b} {c} {d} 100 50 Tm (A) Tj ET").chars
    assert (char.x1 - char.x0, char.bottom - char.top) == pytest.approx((20, 30), abs=0.02)
    height = 100 if quarter[0] != "0" else 200
    base = {"1 0 0 1": 50, "0 1 -1 0": 100, "-1 0 0 -1": 50, "0 -1 1 0": 100}[quarter]
    assert char.bottom == pytest.approx(base + 0.12 * 30) and height
