"""``plan-monitor compare`` as its users meet it: files, folders, editions, and revisions of git."""

import json
import os
import subprocess

import pytest
from typer.testing import CliRunner

from plan_monitor.cli import app
from reportkit.table import TABLE


def ask(*arguments):
    done = CliRunner().invoke(app, ["compare", *map(str, arguments)])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.stdout


def store(path, value, row="o-3", **about):
    """Write an executed notebook with a table of one figure."""
    data = {"title": "进度", "headings": ["指标", "实绩"], "sets": [[row]]}
    data["rows"] = [["巩固率", [f"{value} %", value, '0.00" %"', 0]]]
    cells = [
        {
            "cell_type": "markdown",
            "metadata": {"tags": ["lang-zh"]},
            "source": ["# 教育规划\n", "\n", "几何？"],
        },
        {"cell_type": "markdown", "metadata": {"tags": ["lang-en"]}, "source": "# Education plan"},
        {"cell_type": "markdown", "metadata": {}, "source": "## 2"},
        {"cell_type": "code", "metadata": {}, "source": "show()", "outputs": [{"data": {TABLE: data}}]},
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    metadata = {"reportkit": about} if about else {}
    path.write_text(json.dumps({"cells": cells, "metadata": metadata}), encoding="utf-8")
    return path


def test_two_files(tmp_path):
    old, new = store(tmp_path / "a.ipynb", 98.88), store(tmp_path / "b.ipynb", 98.98)
    assert ask(old, new, "--lang", "zh") == (
        0,
        "教育规划（b）\n  2\n    表“进度”，巩固率：实绩 98.88 % → 98.98 %\n1 份报告，1 份有改动\n",
    )
    assert "table “进度”, 巩固率: 实绩 98.88 % → 98.98 %" in ask(old, new, "--lang", "en")[1]
    assert ask(old, old, "--lang", "en") == (0, "1 report(s), 0 changed\n")


def test_two_folders_and_the_editions_below_one(tmp_path):
    old, new = tmp_path / "reports" / "1.0_2024-12", tmp_path / "reports"
    for folder, value in ((old, 98.88), (new, 98.98)):
        store(folder / "same-zh.ipynb", 1.5, lang="zh")
        store(folder / "moved-zh.ipynb", value, lang="zh")
        store(folder / "moved-en.ipynb", value, lang="en")
    store(old / "gone-zh.ipynb", 1.5, lang="zh")
    store(new / "new-zh.ipynb", 1.5, lang="zh")
    (new / "moved-zh.failed.ipynb").write_text("{", encoding="utf-8")
    for folder in (old, new):
        (folder / "manifest.json").write_text("{}", encoding="utf-8")
    code, printed = ask("1.0_2024-12", new, "--reports", new, "--lang", "zh")
    assert code == 0
    titles = [line for line in printed.splitlines() if line and not line.startswith(" ")]
    assert titles == [
        "不再有的报告：教育规划（gone-zh）",
        "教育规划（moved-zh）",
        "新增报告：教育规划（new-zh）",
        "4 份报告，3 份有改动",
    ]
    english = ask(old, new, "--lang", "en")[1]
    assert "Education plan (moved-en)" in english
    assert "-zh" not in english


@pytest.mark.parametrize("content", ["{", "[]", '{"cells": []}', '{"cells": [1], "metadata": {}}'])
def test_what_is_no_executed_notebook_is_refused(tmp_path, content):
    good, bad = store(tmp_path / "a.ipynb", 98.88), tmp_path / "bad.ipynb"
    bad.write_text(content, encoding="utf-8")
    code, printed = ask(good, bad, "--lang", "en")
    assert (code, printed) == (2, f"no executed notebook: {bad}\n")


def test_what_cannot_be_compared_is_refused(tmp_path):
    good = store(tmp_path / "a.ipynb", 98.88, lang="zh")
    assert ask(good, "--lang", "en") == (2, "expected two reports, two folders or two editions\n")
    assert ask(good, tmp_path / "none.ipynb")[0] == 2
    assert ask(good, tmp_path, "--lang", "en")[0] == 2
    english = store(tmp_path / "b.ipynb", 98.88, lang="en")
    assert ask(good, english, "--lang", "en") == (2, "the two reports are in different languages\n")


@pytest.fixture
def repository(tmp_path, folder, monkeypatch):
    """A repository with a data package and a stored notebook, both committed."""
    root = tmp_path / "repository"
    root.mkdir()
    folder.rename(root / "data")
    store(root / "notebooks/plan.ipynb", 98.88)
    store(root / "notebooks/other.ipynb", 91, "o-1")
    monkeypatch.chdir(root)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)  # where a hook of git runs the tests
    name = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], [*name, "commit", "-q", "-m", "first"]):
        subprocess.run(["git", *command], check=True)
    return root


@pytest.mark.slow
def test_a_changed_stored_output_is_a_sentence_with_its_reason(repository):
    assert ask("--git", "HEAD", "--lang", "zh") == (0, "0 份报告，0 份有改动\n")
    path = repository / "data/observations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("98.88", "98.98"), encoding="utf-8")
    store(repository / "notebooks/plan.ipynb", 98.98)
    expected = """教育规划（plan）
  依据
    更正：巩固率 98.88 %（2020），某县 → 巩固率 98.98 %（2020），某县
  2
    表“进度”，巩固率：实绩 98.88 % → 98.98 %（更正的数字）
1 份报告，1 份有改动
"""
    assert ask("--git", "HEAD", "--lang", "zh") == (0, expected)
    assert ask("--git", "HEAD", "notebooks/plan.ipynb", "--lang", "zh") == (0, expected)
    assert ask("--git", "HEAD", "notebooks/other.ipynb", "--lang", "zh")[1] == "0 份报告，0 份有改动\n"
    path.write_text("id\n?\n", encoding="utf-8")  # why is not known then; what changed is
    assert "表“进度”，巩固率：实绩 98.88 % → 98.98 %\n" in ask("--git", "HEAD", "--lang", "zh")[1]


def test_stored_notebooks_come_and_go(repository):
    (repository / "notebooks/other.ipynb").unlink()
    store(repository / "notebooks/third.ipynb", 91)
    printed = ask("--git", "HEAD", "--lang", "zh")[1].splitlines()
    assert [line for line in printed if line] == [
        "不再有的报告：教育规划（other）",
        "新增报告：教育规划（third）",
        "2 份报告，2 份有改动",
    ]


def test_what_git_does_not_know_is_refused(repository, tmp_path, monkeypatch):
    code, printed = ask("--git", "nothing")
    assert (code, printed.startswith("git: ")) == (2, True)
    assert ask("--git", "--output=x")[0] == 2
    assert ask("--git", "HEAD:notebooks")[0] == 2  # a folder of a revision is none
    assert ask("--git", "HEAD", tmp_path)[0] == 2
    monkeypatch.chdir(tmp_path)
    assert ask("--git", "HEAD")[0] == 2
