"""Checksums in a descriptor: recorded by a function or a command, the rest of the descriptor as it was."""

import hashlib
import runpy
import sys

import pytest
import yaml

from plan_monitor.data import checksums

LONG = "甲 " + "word " * 100


@pytest.fixture
def described(tmp_path):
    """A folder with two tables and a descriptor of the title and description that a person wrote."""
    resources = [{"name": name, "path": f"{name}.csv"} for name in ("targets", "actuals")]
    descriptor = {"title": "某县", "name": "a", "description": LONG, "resources": resources}
    text = yaml.safe_dump(descriptor, allow_unicode=True, sort_keys=False, width=1000)
    (tmp_path / "datapackage.yaml").write_text(text, encoding="utf-8")
    for name in ("targets", "actuals"):
        (tmp_path / f"{name}.csv").write_bytes(f"id\n{name}\n".encode())
    return tmp_path


def written(folder):
    return (folder / "datapackage.yaml").read_text(encoding="utf-8")


def test_a_checksum_is_that_of_the_files_bytes(described):
    assert checksums.changed(described) == ["targets", "actuals"]  # nothing is recorded yet
    checksums.record(described)
    one = yaml.safe_load(written(described))["resources"][0]
    assert one == {
        "name": "targets",
        "path": "targets.csv",
        "hash": f"sha256:{hashlib.sha256(b'id' + bytes([10]) + b'targets' + bytes([10])).hexdigest()}",
    }
    assert checksums.changed(described) == []
    (described / "actuals.csv").write_bytes(b"id\n")
    assert checksums.changed(described) == ["actuals"]


def test_a_descriptor_keeps_its_order_its_letters_and_lines_of_110_columns(described):
    checksums.record(described)
    lines = written(described).splitlines()
    assert lines[:2] == ["title: 某县", "name: a"] and lines[2].startswith("description: '甲 word")
    full = lines[2:5]  # a line ends with the word that passes its end
    assert all(len(line.rpartition(" ")[0]) <= 110 < len(line) for line in full)
    assert yaml.safe_load(written(described))["description"] == LONG


def test_the_command_records_those_of_the_folder_that_it_is_given(described, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["checksums", str(described), "elsewhere"])
    runpy.run_path(checksums.__file__, run_name="__main__")
    assert checksums.changed(described) == []
