"""What we say of pandoc: each is a reason for a line in ``reportkit.formats``."""

import json

import docx
import pypandoc
import pytest

pytestmark = pytest.mark.slow


def made(html, form="typst"):
    return pypandoc.convert_text(html, form, format="html", extra_args=["--wrap=none"])


def table(*rows):
    body = "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows)
    return f"<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>{body}</tbody></table>"


def test_the_first_characters_of_a_cell_are_left_as_they_are():
    """``pdf`` escapes them: to Typst they are a heading and a list."""
    written = made(table(["<td>= 809</td>", "<td>+ 3</td>"], ["<td>- 4</td>", "<td>6. 7</td>"]))
    assert all(cell in written for cell in ("[= 809]", "[+ 3]", "[- 4]", "[6. 7]"))


def test_what_is_escaped_and_code_is_not_a_cell():
    """``pdf`` passes by what looks like one."""
    written = made("<p>[= 1] <code>[+ 2]</code></p>")
    assert r"\[= 1\]" in written and "`[+ 2]`" in written


def test_a_column_takes_its_side_from_the_first_row_of_the_body():
    right, plain = '<td style="text-align:right">1</td>', "<td>2</td>"
    columns = json.loads(made(table([right, plain], [plain, right]), "json"))["blocks"][0]["c"][2]
    assert [side["t"] for side, _ in columns] == ["AlignRight", "AlignDefault"]


def test_each_further_cell_that_names_its_side_is_more_to_write():
    """``paper`` names it only where a row differs from the first."""
    right, plain = '<td style="text-align:right">1</td>', "<td>1</td>"
    assert "table.cell(align" not in made(table([plain, plain], [plain, plain]))
    sides = [made(table([right, right], [cell, cell])).count("align: right") for cell in (plain, right)]
    assert sides == [2, 4]


def test_a_div_without_attributes_becomes_a_block():
    """``paper`` takes those out."""
    assert "#block" in made("<div><p>text</p></div>")
    assert "#block" not in made("<p>text</p>")


def test_typst_and_word_are_each_handed_their_own_attributes(tmp_path):
    span = """<p><span data-custom-style="Status met" data-typst:text:fill='rgb("#00aa00")'>met</span></p>"""
    assert '#text(fill: rgb("#00aa00"))[met]' in made(span)
    assert "Status met" not in made(span)
    (attributes, _) = json.loads(made(span, "json"))["blocks"][0]["c"][0]["c"]
    assert ["custom-style", "Status met"] in attributes[2]
    pypandoc.convert_text(span, "docx", format="html", outputfile=str(tmp_path / "a.docx"))
    (run,) = docx.Document(str(tmp_path / "a.docx")).paragraphs[0].runs
    assert run.style.name == "Status met"
