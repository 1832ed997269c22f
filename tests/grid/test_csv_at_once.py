"""A CSV file that leaves nothing to doubt is read at once, and as the careful reader reads it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from examples import up_to
from plan_monitor.grid import delimited, plain
from plan_monitor.grid.sheet import Unreadable

# cells that nothing speaks against, and each character that means something to one of the readers
PLAIN = st.text(st.sampled_from("ab0年 .-%，=\\\xa0\u2028"), max_size=3)
ANY = st.text(st.sampled_from('ab0 ,;\t"#=\\\x01\x00'), max_size=3)
EVEN = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(PLAIN, min_size=width, max_size=width), min_size=1, max_size=5)
)
TABLES = EVEN | st.lists(st.lists(PLAIN | ANY, min_size=1, max_size=4), min_size=1, max_size=5)


def both(content: bytes):
    """The rows that each of the two readers gives; None where one does not read the file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(content)
        quick = plain.read(path)
        if quick is not None:
            heading, cells = quick
            assert cells.index.tolist() == list(range(2, len(cells) + 2))
            quick = [heading, *cells.astype(object).where(cells.notna(), "").to_numpy().tolist()]
        try:
            (sheet,) = delimited.read(path)
        except Unreadable:
            return quick, None
        return quick, sheet.rows


@pytest.mark.slow
@given(
    TABLES,
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.sampled_from(["utf-8", "utf-8-sig", "gbk"]),
    st.sampled_from([1, 9, 1 << 21]),
)
@example([["a", "b"], ["", ""], ["0", "1"]], "\n", True, "utf-8", 1)
@example([["a", "b"], ["a", "b"]], "\r\n", False, "utf-8-sig", 9)
@settings(max_examples=up_to(300))
def test_what_is_read_at_once_is_what_a_careful_reader_reads(rows, newline, ended, encoding, at_once):
    text = newline.join(map(",".join, rows)) + newline * ended
    with mock.patch.object(plain, "_AT_ONCE", at_once):  # bytes of a part
        quick, careful = both(text.encode(encoding, errors="ignore"))
    if quick is not None:
        while quick and not any(quick[-1]):  # empty rows at the end are none
            quick.pop()
        assert quick == careful


@pytest.mark.parametrize(
    "text",
    [
        'a,b\n"1,2",3\n',  # a quoted comma
        "a;b\n1;2\n",
        "a,b\n1,2;3\n",  # which of the two separates?
        "a,b\n1\n2,3,4\n",  # as many commas as there should be, but not in each row
        "a,b\n1,2,3\n",
        "a,b\n# note,\n",
        "a,b\n#DIV/0!,1\n",
        "a,b\nErr:502,1\n",
        "a,b\r1,2\r",
        "a\n1\n",
        "a,b\n1,\x0b2\n",
        "",
    ],
)
def test_whatever_leaves_a_doubt_is_left_to_the_careful_reader(text):
    assert both(text.encode())[0] is None


def test_a_file_in_another_encoding_is_left_to_the_careful_reader():
    for row in (["2020", "高"], ["2020", "1"]):  # also where only the heading says which
        quick, careful = both(f"年,率\n{','.join(row)}\n".encode("gbk"))
        assert (quick, careful) == (None, [["年", "率"], row])


def test_a_plain_file_is_read_at_once():
    for newline in ("\n", "\r\n"):
        text = newline.join(["年,率", "2020,", ", 无", ",NA", ""])
        assert both(text.encode())[0] == [["年", "率"], ["2020", ""], ["", " 无"], ["", "NA"]]
