"""``render`` and ``list`` as they speak, without the processes that make reports: what is made is given."""

import errno
import io
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests
from filelock import FileLock
from rich.console import Console
from typer.testing import CliRunner

from plan_monitor.cli import app
from plan_monitor.commands import reports
from plan_monitor.project import root
from reportkit.render import executors
from reportkit.render.tasks import TIMEOUT, Options, Output
from small_project import notebook, project

ENTRY = "  - {notebook: schools/plan.ipynb, name: 'plan-{lang}', matrix: {lang: [zh, en]}}\n"
ABOUT = {"title": "t", "lang": "zh", "domain": "d", "rank": 0, "edition": "0.9.0 2026-01-31"}
ABOUT |= {"as_of": "2025-12", "headline": "h", "answer": ["h"], "region": "", "synthetic": False}
GOOD = Output(
    "", {".ipynb": '{"cells": []}', **dict.fromkeys((".html", ".docx", ".pdf", ".xlsx"), "x")}, ABOUT
)
BAD = Output("ValueError: no such figure (cell 3)", {".failed.ipynb": "half"})


@pytest.fixture(params=["zh", "en"])
def lang(request, monkeypatch):
    monkeypatch.setenv("LC_ALL", {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}[request.param])
    return request.param


@pytest.fixture
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def invoke(*arguments, status=0):
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert result.exit_code == status, result.output
    return result.stdout


@pytest.fixture
def render(tmp_path, folder, monkeypatch):
    """Render both reports of a small project, of which these are the outputs; gives what is printed."""
    recipes = project(tmp_path, ENTRY)

    def render(*arguments, status=0, fails=None, data=folder, **outputs):
        render.tasks, render.workers, render.warm = [], [], []

        def made(jobs, place, task_of):
            render.workers.append(place)
            for job in jobs:
                render.tasks.append(task_of(job))
                yield job, outputs.get(job.name.removeprefix("plan-"), GOOD)
            if fails:
                raise fails

        monkeypatch.setattr(executors, "warm_up", render.warm.append)
        monkeypatch.setattr(executors, "local", made)
        monkeypatch.setattr(executors, "cluster", made)
        given = ["render", "--recipes", recipes, "--out", render.out, *arguments]
        given += ["--data", data] if data else []
        return [line.rstrip() for line in invoke(*given, status=status).splitlines()]

    render.out = tmp_path / "out"
    return render


def test_each_report_is_told_then_their_numbers_and_where_they_are(render, lang):
    count = {
        "zh": "完成 2，无变化 0，失败 0",
        "en": "2 made, 0 unchanged, 0 failed",
    }[lang]
    index = str(render.out / "index.html")
    assert render() == ["[1/2] plan-zh: ok", "[2/2] plan-en: ok", count, index]
    none = {"zh": "2 份报告，均无变化", "en": "2 report(s), none changed"}[lang]
    assert render() == [none, index] and render.tasks == []
    assert render("--force") == ["[1/2] plan-zh: ok", "[2/2] plan-en: ok", count, index]


def test_what_failed_is_a_table_by_name_and_the_exit_status(render, lang):
    lines = render(status=1, zh=BAD, en=BAD)
    reason = "ValueError: no such figure (cell 3)"
    assert lines[:2] == [f"[1/2] plan-zh: {reason}", f"[2/2] plan-en: {reason}"]
    number, head, missing = {
        "zh": ("完成 0，无变化 0，失败 2", ["失败的报告", "原因"], "无变化"),
        "en": ("0 made, 0 unchanged, 2 failed", ["failed", "reason"], "unchanged"),
    }[lang]
    assert lines[2] == number and lines[3].split() == head
    assert [line.split(maxsplit=1) for line in lines[4:6]] == [["plan-en", reason], ["plan-zh", reason]]
    assert lines[6:] == [str(render.out / "index.html")]
    render(status=1, zh=BAD)
    again = render(status=1, zh=BAD)
    assert again[:2] == ["[1/2] plan-en: unchanged", f"[2/2] plan-zh: {reason}"]
    assert missing in again[2] and [int(part) for part in again[2] if part.isdigit()] == [0, 1, 1]


def test_as_many_are_made_at_a_time_with_such_options_as_are_asked_for(render, folder):
    render()
    usual = Options(None, None, False, False, TIMEOUT, reports.FORMATS)
    assert [task.options for task in render.tasks] == [usual, usual]
    assert render.warm[0] == [folder]  # before the recipes are read
    render("--jobs", "1", "--validate", "--timeout", "77", "--format", "xlsx", "--format", "docx", "--force")
    assert render.workers == [1]
    assert render.tasks[0].options == Options(1, None, True, True, 77, ("docx", "xlsx"))
    render("--format", "html", "--force")
    assert render.tasks[0].options.formats == ()


def test_a_cluster_is_asked_and_no_process_of_this_machine_prepared(render):
    render("--scheduler", "tcp://host:8786")
    assert (render.workers, render.warm) == (["tcp://host:8786"], [])
    assert render.tasks[0].options.scheduler == "tcp://host:8786"
    assert (
        "no Dask"
        in render("--scheduler", "tcp://host", "--force", status=2, fails=executors.Unreachable("no Dask"))[
            -1
        ]
    )


def test_without_a_data_option_the_nearest_data_are_read(render, folder, tmp_path):
    folder.rename(tmp_path / "data")
    assert render(data=None)[-1] == str(render.out / "index.html")
    assert render.warm == [[], [tmp_path / "data"]]
    assert {task.job.folder for task in render.tasks} == {tmp_path / "data"}


def test_an_interrupted_run_says_that_it_can_be_resumed(render, lang):
    lines = render(status=130, fails=KeyboardInterrupt())
    told = {"zh": "已中断；下次从这里继续", "en": "interrupted; the next run resumes it"}[lang]
    assert lines[-1] == told
    assert render()[:2] == ["[1/2] plan-zh: unchanged", "[2/2] plan-en: unchanged"]


def test_two_runs_do_not_write_to_one_place(render, english):
    render.out.mkdir()
    with FileLock(render.out / ".lock"):
        assert render(status=2) == [f"another render is writing to {render.out}"]


FULL = OSError(errno.ENOSPC, "No space left on device", "/tmp/x")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (FULL, "cannot write {out}: No space left on device"),
        (OSError("the store did not accept it"), "cannot write {out}: the store did not accept it"),
        (PermissionError("no permission"), "cannot write {out}: no permission"),
        (
            PermissionError(errno.EACCES, "denied", "a.pdf"),
            "a.pdf: denied – it may be open in another program",
        ),
    ],
)
def test_what_cannot_be_written_is_said_in_one_line(render, english, error, told):
    last = render(status=2, fails=error)[-1]
    assert last.startswith(told.format(out=render.out))


def test_what_cannot_be_written_is_said_in_chinese_too(render, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert render(status=2, fails=FULL)[-1] == f"无法写入 {render.out}：No space left on device"


def test_letters_that_no_font_has_are_listed_by_report(render, lang):
    lines = render(zh=Output("", GOOD.files, ABOUT | {"letters": "ꀀ㒥"}))
    heading, row = lines[3:5]
    assert (
        heading.split(maxsplit=1)
        == {
            "zh": ["报告", "字体缺字，PDF 和图中印其编号"],
            "en": ["report", "no font has these; PDF and charts print their numbers"],
        }[lang]
    )
    assert row.split() == ["plan-zh", "ꀀ", "U+A000", "㒥", "U+34A5"] and len(lines) == 6


@pytest.fixture
def posted(monkeypatch):
    """What is posted, and how it is answered."""

    def post(url, json, timeout):
        posted.append((url, json, timeout))
        if posted.error:
            raise posted.error
        return SimpleNamespace(raise_for_status=lambda: None)

    class Posted(list):
        error = None

    posted = Posted()
    monkeypatch.setattr(requests, "post", post)
    return posted


@pytest.mark.parametrize("url", ["http://a.example/hook", "https://a.example/hook"])
def test_what_became_of_a_run_is_posted_and_waited_for_ten_seconds(render, posted, url):
    place = {"folder": str(render.out)}
    render("--notify", url, status=1, zh=BAD)
    bad = [{"report": "plan-zh", "reason": BAD.reason}]
    failed = {"status": "failed", "made": 1, "unchanged": 0, "failed": bad}
    assert posted.pop() == (url, failed | place, 10)
    render("--notify", url)
    good = {"status": "ok", "failed": []} | place
    assert posted.pop()[1] == good | {"made": 1, "unchanged": 1}
    render("--notify", url)
    assert posted.pop()[1] == good | {"made": 0, "unchanged": 2}
    render()
    assert posted == []


def test_an_address_that_does_not_answer_is_told_beside_what_was_made(render, posted, monkeypatch):
    posted.error = requests.ConnectionError("nobody there")
    told = io.StringIO()
    monkeypatch.setattr(reports, "sys", SimpleNamespace(stderr=told))
    assert len(render("--notify", "http://a")) == 4
    assert told.getvalue() == "--notify http://a: nobody there\n"


def test_an_address_of_another_kind_is_refused(render, lang):
    message = {
        "zh": "--notify 应为 http:// 或 https:// 地址",
        "en": "--notify: expected an http(s):// address",
    }
    assert render("--notify", "ftp://a", status=2) == [f"{message[lang]}: ftp://a"]
    assert not render.out.exists()


def listed(*arguments, status=0):
    """The words of each line, without the frames of a table."""
    text = invoke("list", *arguments, status=status)
    return [words for line in text.splitlines() if (words := line.replace("│", " ").split())]


def test_a_list_has_each_report_with_the_end_of_its_notebooks_path_and_its_parameters(tmp_path, folder, lang):
    recipes = project(tmp_path, ENTRY)
    head, first, second = listed("--recipes", recipes, "--data", folder)
    assert head == {"zh": ["报告", "笔记本", "参数"], "en": ["report", "notebook", "parameters"]}[lang]
    assert first[:4] == ["plan-zh", "schools/plan.ipynb", "region=532399", "as_of=2025-12"]
    assert second[0] == "plan-en" and {"lang=en", "years=5"} <= {*second}


def test_a_pattern_chooses_reports_by_a_part_of_their_name_or_with_wildcards(tmp_path, folder):
    given = ("--recipes", project(tmp_path, ENTRY), "--data", folder)
    for only, names in (("an-z", ["plan-zh"]), ("p*-e?", ["plan-en"]), ("", ["plan-zh", "plan-en"])):
        assert [row[0] for row in listed(*given, "--only", only)[1:]] == names


def test_a_period_is_given_to_reports_that_look_at_one(tmp_path, folder):
    recipes = project(tmp_path, ENTRY + "  - {notebook: schools/other.ipynb, name: other}\n")
    notebook(tmp_path / "notebooks/schools/other.ipynb", parameters='lang: str = "zh"\ndata: str = ""')
    rows = listed("--recipes", recipes, "--data", folder, "--as-of", "2026-06")[1:]
    assert ["as_of=2026-06" in row for row in rows] == [True, True, False]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", [["没有制作", "原因"], ["schools/plan.ipynb", "milestones.csv", "没有数据行"]]),
        ("en", [["left", "out", "because"], ["schools/plan.ipynb", "milestones.csv", "has", "no", "rows"]]),
    ],
)
def test_reports_that_the_data_have_no_rows_for_are_listed_with_the_reason(
    tmp_path, folder, monkeypatch, lang, told
):
    monkeypatch.setenv("LC_ALL", f"{lang}_CN.UTF-8")
    entry = (
        "  - {notebook: schools/plan.ipynb, name: 'm-{region}', matrix: {region: {found_in: milestones%s}}}\n"
    )
    recipes = project(tmp_path, ENTRY + entry % "" + entry % ", domain: schools")
    rows = listed("--recipes", recipes, "--data", folder)
    assert rows[3:5] == told
    of_domain = {"zh": "没有 schools 领域的数据行", "en": "has no rows of the domain schools"}
    assert rows[5] == ["schools/plan.ipynb", "milestones.csv", *of_domain[lang].split()]
    recipes = project(tmp_path, entry % "")
    rows = listed("--recipes", recipes, "--data", folder, status=2)
    assert rows[:2] == told
    line = {
        "zh": ["没有任何报告：found_in", "所指的表中没有值"],
        "en": ["no", "report", "at", "all:", "the", "tables"],
    }
    row = next(row for row in rows if row[0] == "recipes.yml")
    assert row[1] == "matrix" and " ".join(line[lang]) in " ".join(row)


def test_a_pattern_that_fits_nothing_is_told_with_the_names_that_there_are(tmp_path, folder, lang):
    given = ("--recipes", project(tmp_path, ENTRY), "--data", folder, "--only", "other")
    row = next(row for row in listed(*given, status=2) if row[0] == "recipes.yml")
    told = {"zh": "没有这样的报告；有：plan-zh, plan-en", "en": "no such report; there are: plan-zh, plan-en"}
    assert row == ["recipes.yml", "--only", "other", *told[lang].split()]


def test_a_period_that_is_none_is_told_with_the_option_and_its_value(tmp_path, folder, lang):
    given = ("--recipes", project(tmp_path, ENTRY), "--data", folder, "--as-of", "2026Q9")
    row = next(row for row in listed(*given, status=2) if row[0] == "recipes.yml")
    told = {"zh": "应为时期，如 2025 或 2025-06", "en": "expected a period: 2025, 2025-06"}
    assert row == ["recipes.yml", "--as-of", "2026Q9", *told[lang].split()]


def test_recipes_and_the_place_of_reports_are_those_of_the_project_or_beside_the_data(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    own, data = Path("reports/own-data.yml"), tmp_path / "county"
    beside = tmp_path / "county-reports"
    assert reports._defaults(None, Path("county")) == (root() / own, beside)
    assert reports._defaults(None, data, "s3://a/b") == (root() / own, "s3://a/b")
    given = Path("other/r.yml")
    assert reports._defaults(given, data) == (given, Path("other/output"))
    assert reports._defaults(given, None, "elsewhere") == (given, "elsewhere")
    (tmp_path / "reports").mkdir()
    for name in ("own-data.yml", "recipes.yml"):
        (tmp_path / "reports" / name).touch()
    assert reports._defaults(None, data) == (own, beside)
    assert reports._defaults(None, None) == (Path("reports/recipes.yml"), Path("reports/output"))


def test_where_there_are_no_recipes_it_is_said_how_to_name_some(tmp_path, monkeypatch, lang):
    monkeypatch.chdir(tmp_path)
    assert (
        invoke("list", status=2).strip()
        == {
            "zh": "这里没有 reports/recipes.yml：请用 --data 指定数据包，或用 --recipes 指定报告清单",
            "en": "no reports/recipes.yml here: name a data package with --data, or recipes with --recipes",
        }[lang]
    )


@pytest.mark.parametrize("terminal", [True, False])
def test_on_a_terminal_a_bar_shows_the_progress_and_else_lines_do(capsys, terminal):
    made = [SimpleNamespace(job=SimpleNamespace(name=name), reason="", fresh=True) for name in "ab"]
    console = Console(file=io.StringIO(), force_terminal=terminal, width=80)
    assert [*reports._with_progress(iter(made), 2, console)] == made
    bar = console.file.getvalue()
    assert ("2/2" in bar and " b" in bar) is terminal
    assert bar.endswith("\x1b[2K") is terminal  # it is gone in the end
    assert capsys.readouterr().out == ("" if terminal else "[1/2] a: ok\n[2/2] b: ok\n")


def test_each_line_is_there_as_soon_as_its_report_is(monkeypatch):
    class Pipe(io.StringIO):
        seen = ""

        def flush(self):
            self.seen = self.getvalue()

    pipe = Pipe()
    monkeypatch.setattr("sys.stdout", pipe)
    made = SimpleNamespace(job=SimpleNamespace(name="a"), reason="", fresh=False)
    console = Console(file=io.StringIO(), width=80)
    for _ in reports._with_progress([made], 1, console):
        assert pipe.seen == "[1/1] a: unchanged\n"
