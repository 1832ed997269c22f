"""What we say of Python itself, pandas, PyYAML, matplotlib and XlsxWriter."""

import io
import multiprocessing
import ntpath
import subprocess
import sys
from datetime import datetime

import numpy as np
import pandas as pd
import pytest
import xlsxwriter
import yaml
from openpyxl.utils.datetime import from_excel
from pandas.core.arrays import string_

from reportkit import figure

pytestmark = pytest.mark.slow


def printed(code):
    """What a program of its own prints."""
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()


def test_there_is_no_relative_path_to_another_drive_of_windows():
    """``render.sources`` gives the whole path there."""
    with pytest.raises(ValueError, match="mount"):
        ntpath.relpath("D:/data", "C:/notebooks")


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="nothing forks here")
def test_forks_draw_the_same_numbers_from_numpy_once_it_was_used_and_others_from_the_standard_library():
    """``kernel.forked`` seeds NumPy's generator and leaves the other alone."""
    code = """
import os, random, numpy as np
np.random.rand(), random.random()
for _ in range(2):
    if os.fork() == 0:
        print(np.random.rand(), random.random(), flush=True)
        os._exit(0)
    os.wait()
"""
    one, own, other, its = printed(code)
    assert one == other and own != its


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="nothing forks here")
def test_multiprocessing_leaves_out_what_is_registered_to_run_at_exit():
    """``kernel.forked`` runs it; Python 3.13 and newer do so themselves, and what has run does not run twice."""
    code = """
import atexit, multiprocessing
def work():
    atexit.register(print, "left", flush=True)
    print("worked", flush=True)
if __name__ == "__main__":
    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    process.join()
"""
    assert printed(code) == (["worked"] if sys.version_info < (3, 13) else ["worked", "left"])


def test_matplotlib_reads_its_backend_when_it_is_imported_and_not_again():
    """``kernel.warm`` sets the variable before."""
    code = """
import os
os.environ["MPLBACKEND"] = "svg"
import matplotlib
os.environ["MPLBACKEND"] = "pdf"
print(matplotlib.get_backend())
"""
    assert printed(code) == ["svg"]


def test_yaml_writes_a_reference_to_what_stands_twice():
    """``data.starter`` copies it."""
    same = {"type": "string"}
    assert "&id001" in yaml.safe_dump({"a": same, "b": same})
    assert "&id001" not in yaml.safe_dump({"a": same, "b": dict(same)})


def test_pandas_stores_text_with_pyarrow_where_it_is_there_unless_told_otherwise(monkeypatch):
    """``reportkit.figure`` tells it otherwise; a finding shows what pyarrow gives back."""
    assert figure.pd is pd  # imported, and with it the setting made
    monkeypatch.setattr(string_, "HAS_PYARROW", True)
    assert pd.StringDtype(na_value=np.nan).storage == "python"
    with pd.option_context("mode.string_storage", "auto"):
        assert pd.StringDtype(na_value=np.nan).storage == "pyarrow"


def test_pandas_prints_an_index_of_several_levels_with_cells_over_several_rows():
    index = pd.MultiIndex.from_tuples([("a", 1), ("a", 2)])
    assert 'rowspan="2"' in pd.DataFrame({"x": [1, 2]}, index=index).to_html()


@pytest.mark.parametrize(("length", "fits"), [(31, True), (32, False)])
def test_the_name_of_a_sheet_has_at_most_31_characters(length, fits):
    book = xlsxwriter.Workbook(io.BytesIO())
    if fits:
        assert book.add_worksheet("x" * length).get_name() == "x" * length
    else:
        with pytest.raises(xlsxwriter.exceptions.InvalidWorksheetName, match="31"):
            book.add_worksheet("x" * length)


def test_day_numbers_of_a_workbook_know_a_29_february_1900():
    """By openpyxl's reading of the standard: 59 is the day before it, 61 the day after."""
    assert [from_excel(day) for day in (1, 59, 61)] == [
        datetime(1900, *day) for day in ((1, 1), (2, 28), (3, 1))
    ]
