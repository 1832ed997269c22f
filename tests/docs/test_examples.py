"""Every example of README and guide does what it says: commands and Python are run as they stand there."""

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest
import typer
from typer.testing import CliRunner

from pages import ALL, CHINESE, ENGLISH, READMES, ROOT, blocks, inline, named, tokens
from plan_monitor.cli import app
from plan_monitor.data import checksums
from reportkit import source
from small_project import notebook

PROGRAM = ".venv/bin/plan-monitor"
COMMANDS = typer.main.get_command(app).commands
GUIDES = [ROOT / "docs" / language for language in ("en", "zh")]
# what a test cannot run, and what holds it in place of a run
HELD = {
    "make test": "it runs this test",
    "make reports": "test_make_does_what_windows_does_by_hand, and the commands of one's own data",
    "conda env create -f environment.yml && conda activate plan-monitor": "tests/test_repository.py",
    "pip install --no-deps --no-build-isolation -e .": "test_make_does_what_windows_does_by_hand",
    "plan-monitor render": "the same with --data",
}


def lines(path, language="sh"):
    """The commands of a page, without comments."""
    text = [line for block in blocks(path) if block.language == language for line in block.text.splitlines()]
    return [line for line in (re.sub(r"(^|\s+)# .*", "", line) for line in text) if line]


def typed(line):
    """A command as a shell hands it over: files for each pattern."""
    for word in shlex.split(line)[1:]:
        found = sorted(map(str, Path().glob(word))) if ".xlsx" in word and "*" in word else [word]
        assert found, f"no file {word}"
        yield from found


def answer(line):
    """What plan-monitor prints; it says that all is fine."""
    result = CliRunner().invoke(app, list(typed(line)))
    assert result.exit_code == 0, line + "\n" + result.output
    return result.output


@pytest.fixture(scope="module", params=GUIDES, ids=named)
def guide(request, tmp_path_factory):
    """The guide in one language, read by somebody in a copy of the project."""
    place = tmp_path_factory.mktemp(request.param.name)
    for name in ("data", "notebooks", "reports"):
        (place / name).symlink_to(ROOT / name, target_is_directory=True)
    plan = docx.Document()
    for paragraph in (ROOT / "data/samples/plan_text_synthetic.txt").read_text(encoding="utf-8").splitlines():
        plan.add_paragraph(paragraph)
    plan.save(place / ("规划.docx" if request.param.name == "zh" else "plan.docx"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        patch.setenv("LC_ALL", "zh_CN.UTF-8" if request.param.name == "zh" else "en_US.UTF-8")
        yield request.param


@pytest.mark.slow
def test_own_data_becomes_a_report_is_read_and_asked_for(guide):
    commands = lines(guide / "own-data.md")
    assert [shlex.split(line)[1] for line in commands] == [
        *("new", "take", "adopt", "check", "render", "read", "confirm", "ask", "collect")
    ]
    mine = shlex.split(commands[0])[2]
    for line in commands:
        # rendering takes long: in Chinese tests/intake/test_first_report.py does it
        if guide.name == "en" or " render " not in line:
            answer(line)
    assert guide.name == "zh" or {path.name for path in Path(f"{mine}-reports").glob("plan-*.html")}
    assert Path(shlex.split(commands[5])[-1]).is_file()  # the draft


def test_the_readmes_five_commands_are_those_of_the_guide():
    for readme, guide in zip(READMES, GUIDES, strict=True):
        assert lines(readme)[2:] == lines(guide / "own-data.md")[:5]


@pytest.mark.slow
def test_a_figure_is_traced(guide):
    computed, stored = map(answer, lines(guide / "sources.md"))
    assert "15.63" in computed and "29.75" in stored


@pytest.mark.slow
def test_the_engine_alone(tmp_path):
    notebook(tmp_path / "notebooks/schools/plan.ipynb", "print(1)")
    entry = "notebooks: notebooks\ndomains:\n  schools: {zh: 学校, en: Schools}\nreports:\n"
    entry += "  - {notebook: schools/plan.ipynb, name: plan, parameters: {lang: en}}\n"
    (tmp_path / "recipes.yml").write_text(entry, encoding="utf-8")
    (line,) = lines(ROOT / "docs/en/map.md")
    program, *words = shlex.split(line)
    assert program == ".venv/bin/python"
    alone = {name: value for name, value in os.environ.items() if name != source.VARIABLE}
    done = subprocess.run([sys.executable, *words], cwd=tmp_path, env=alone, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "reports/plan.pdf").stat().st_size > 1000


@pytest.mark.slow
@pytest.mark.parametrize(
    "page", [path for path in [*ENGLISH, *CHINESE] if ">>>" in path.read_text("utf-8")], ids=named
)
def test_python(page, monkeypatch):
    """The examples of a page follow each other."""
    monkeypatch.chdir(ROOT)
    examples = [block.text for block in blocks(page) if block.language == "pycon"]
    test = doctest.DocTestParser().get_doctest("\n".join(examples), {}, named(page), str(page), 0)
    runner = doctest.DocTestRunner(verbose=False)
    printed = []
    runner.run(test, out=printed.append)
    assert test.examples and runner.summarize(verbose=False).failed == 0, "".join(printed)


@pytest.mark.slow
def test_compare_prints_what_the_guide_shows(tmp_path, monkeypatch):
    """A corrected figure, where it stands: in two tables and in a stored notebook."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)  # where a hook of git runs the tests
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "data", "data", ignore=shutil.ignore_patterns(".*"))
    stored = Path("notebooks/education/plan.ipynb")
    stored.parent.mkdir(parents=True)
    shutil.copy(ROOT / stored, stored)
    name = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], [*name, "commit", "-q", "-m", "first"]):
        subprocess.run(["git", *command], check=True)
    for path in (Path("data/observations.csv"), Path("data/readings.csv"), stored):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"98\.88(?!%|\d)", "98.98", text), encoding="utf-8", newline="\n")
    checksums.record(Path("data"))
    for guide in GUIDES:
        (block,) = [b for b in blocks(guide / "reports.md") if b.text.startswith("$ ")]
        command, *shown = block.text.splitlines()
        printed = iter(answer(command.removeprefix("$ ")).splitlines())
        assert [line for line in shown if line.strip() != "…" and line not in printed] == []


def test_make_does_what_windows_does_by_hand():
    """The same steps as the Makefile; conda's are the last of them."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for guide in GUIDES:
        for line in lines(guide / "start.md", "powershell"):
            words = line.split()[1:] if line.startswith("py ") else shlex.split(line.replace("\\", "/"))[1:]
            assert " ".join(words[-3:]).replace("-n 2", "-n $(JOBS)").replace("-3.11 ", "") in makefile, line
        assert "--no-deps --no-build-isolation -e ." in makefile


def test_every_make_target_is_one():
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    for page in ALL:
        codes = [t.content for t in inline(tokens(page.read_text("utf-8"))) if t.type == "code_inline"]
        named_ones = re.findall(r"^make ([\w-]+)", "\n".join([*codes, *lines(page)]), flags=re.MULTILINE)
        assert set(named_ones) <= set(targets), named(page)


def test_every_command_is_run_or_held_otherwise():
    run = {"own-data.md", "sources.md", "map.md", *(readme.name for readme in READMES)}
    for page in ALL:
        for line in lines(page):
            assert (page.name in run and line.startswith(".venv/bin/")) or line in HELD, (named(page), line)
        kinds = {block.language for block in blocks(page)}
        assert kinds <= {"sh", "powershell", "pycon", "text"}, named(page)


def test_every_option_named_is_one_of_its_command():
    """Also those in a sentence, in cron's line and in the table of all commands."""
    seen = 0
    for page in ALL:
        text = page.read_text(encoding="utf-8")
        codes = [t.content for t in inline(tokens(text)) if t.type == "code_inline"]
        for piece in [*codes, *(line for block in blocks(page) for line in block.text.splitlines())]:
            for name, rest in re.findall(r"plan-monitor ([a-z]+)\b(.*)", piece):
                assert name in COMMANDS, (named(page), piece)
                options = {option for p in COMMANDS[name].params for option in p.opts + p.secondary_opts}
                assert set(re.findall(r"(?<!\S)\(?(--[a-z-]+)", rest)) <= options, (named(page), piece)
                seen += 1
    assert seen > 60


def test_the_table_of_commands_has_all_of_them_with_their_options():
    for guide in GUIDES:
        (block,) = blocks(guide / "command-line.md")
        rows = re.split(r"^plan-monitor ", block.text, flags=re.MULTILINE)[1:]
        listed = {row.split()[0]: set(re.findall(r"--[a-z-]+", row)) for row in rows}
        known = {
            name: {option for p in command.params for option in p.opts[:1] + p.secondary_opts}
            for name, command in COMMANDS.items()
        }
        flags = {name: {o for o in options if o.startswith("--")} for name, options in known.items()}
        assert {
            name: options - {"--browser"} for name, options in flags.items()
        } == listed  # which is so anyhow
