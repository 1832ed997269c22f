"""Rows put into a file: cells that a row names change, new rows are appended, all else stays as it is."""

import codecs
import hashlib

import pytest

from plan_monitor.intake import rows

TEXT = "id,name,note\na,甲,x\nb,乙,y\n"


@pytest.fixture
def put(tmp_path):
    """The text of a file after rows were put into it."""

    def putting(text, *new, key=("id",), encoding="utf-8"):
        path = tmp_path / "t.csv"
        path.write_bytes(text.encode(encoding))
        return rows.put(path, list(new), key).decode(encoding)

    return putting


SAME, OTHER, NEW = {"id": "a", "name": "甲"}, {"id": "b", "name": "丙"}, {"id": "c", "note": "z", "far": "1"}


@pytest.mark.parametrize(
    ("new", "text"),
    [
        ([], TEXT),
        ([SAME], TEXT),
        ([OTHER], TEXT.replace("乙", "丙")),
        ([SAME, OTHER], TEXT.replace("乙", "丙")),
        ([OTHER, SAME], TEXT.replace("乙", "丙")),
        ([NEW], f"{TEXT}c,,z\n"),
        ([NEW, OTHER], TEXT.replace("乙", "丙") + "c,,z\n"),
        ([NEW, {"id": "c", "name": "丁"}], f"{TEXT}c,丁,z\n"),  # twice at once
    ],
)
def test_what_a_row_names_changes_and_new_rows_come_last(put, new, text):
    assert put(TEXT, *new) == text


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_keeps_its_separator_and_line_ends(put, separator, end):
    text = f"id{separator}name{end}a{separator}b{end}"
    assert put(text, {"id": "c", "name": "d"}) == f"{text}c{separator}d{end}"
    assert put(text, {"id": "a", "name": "d"}) == f"id{separator}name{end}a{separator}d{end}"
    assert put(text.removesuffix(end), {"id": "c", "name": "d"}) == f"{text}c{separator}d{end}"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "gbk"),
    ],
)
def test_a_file_keeps_its_encoding(tmp_path, mark, encoding):
    path = tmp_path / "t.csv"
    path.write_bytes(mark + TEXT.encode(encoding))
    assert rows.put(path, [OTHER, NEW]) == mark + (TEXT.replace("乙", "丙") + "c,,z\n").encode(encoding)


def test_rows_are_told_apart_by_all_columns_of_the_key(put):
    key = ("id", "name")
    assert put(TEXT, {"id": "a", "name": "甲", "note": "z"}, key=key) == TEXT.replace("x", "z")
    assert put(TEXT, {"id": "a", "name": "乙", "note": "z"}, key=key) == f"{TEXT}a,乙,z\n"


def test_a_row_of_another_length_is_none_of_the_table(put):
    assert put(f"{TEXT}c,broken\n", {"id": "c", "name": "d", "note": ""}) == f"{TEXT}c,broken\nc,d,\n"


def test_the_checksum_of_a_changed_table_is_put_right_and_no_other(tmp_path):
    def checksum(content):
        return f"sha256:{hashlib.sha256(content).hexdigest()}"

    files = {name: TEXT.replace("x", name).encode() for name in ("one", "two", "wrong")}
    for name, content in files.items():
        (tmp_path / f"{name}.csv").write_bytes(content)
    hashes = {name: checksum(content) for name, content in files.items()} | {"wrong": checksum(b"another")}
    written = "resources:\n" + "".join(
        f"- {{name: {name}, path: {name}.csv, hash: '{hashes[name]}', schema: {{primaryKey: [id]}}}}\n"
        for name in files
    )
    descriptor = tmp_path / "datapackage.yaml"
    descriptor.write_text(written, encoding="utf-8")
    changed = rows.changes(tmp_path, {"one": [OTHER], "two": [SAME], "wrong": [OTHER]})
    assert set(changed) == {tmp_path / "one.csv", tmp_path / "wrong.csv", descriptor}
    assert changed[tmp_path / "one.csv"] == files["one"].replace("乙".encode(), "丙".encode())
    new = written.replace(hashes["one"], checksum(changed[tmp_path / "one.csv"]))
    assert changed[descriptor].decode() == new
    assert rows.changes(tmp_path, {"two": [SAME]}) == {}
