"""Help as a reader meets it: each command and option in the language of the locale, and nothing cut off."""

import re
from importlib import metadata

import pytest
import typer
from typer.testing import CliRunner

from plan_monitor.cli import app
from plan_monitor.commands.help import translated
from reportkit import language

LOCALES = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}
TREE = typer.main.get_command(app)
COMMANDS = {"": TREE} | TREE.commands
HEADINGS = {"zh": ("用法：", "选项"), "en": ("Usage: ", "Options")}


def shown(*arguments: str) -> tuple[int, str]:
    """Exit status and output, without frames and line ends."""
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, re.sub(r"[\s│╭╮╰╯─]", "", result.stdout)


@pytest.mark.parametrize("lang", LOCALES)
@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_whole_in_the_readers_language(monkeypatch, name, lang):
    monkeypatch.setenv("LC_ALL", LOCALES[lang])
    monkeypatch.setenv("COLUMNS", "80")
    status, text = shown(*name.split(), "--help")
    assert status == 0
    listed = COMMANDS.values() if name == "" else [COMMANDS[name]]
    with language.using(lang):
        summaries = [translated(command.help).partition("\n")[0] for command in listed]
        told = [translated(COMMANDS[name].help), *(translated(one.help) for one in COMMANDS[name].params)]
    assert [part for part in (*summaries, *told) if re.sub(r"\s", "", part) not in text] == []
    assert all(re.sub(r"\s", "", heading) in text for heading in HEADINGS[lang])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help_in_both_languages(name):
    for one in (COMMANDS[name], *COMMANDS[name].params):
        with language.using("zh"):
            chinese = translated(one.help)
        with language.using("en"):
            english = translated(one.help)
        assert re.search("[一-鿿]", chinese) and not re.search("[一-鿿]", english), one.name
        assert len(chinese.split("\n\n")) == len(english.split("\n\n"))
        # what is to be typed, and numbers, are the same
        typed = r"--[\w-]+|\d+|\.\w{3,}|\w+://\w+"
        assert sorted(re.findall(typed, chinese, re.ASCII)) == sorted(re.findall(typed, english, re.ASCII))


def test_remarks_on_options_are_chinese_too(monkeypatch):
    monkeypatch.setenv("LC_ALL", LOCALES["zh"])
    assert "[默认：1800;x>=1]" in shown("render", "--help")[1]
    assert "数据包文件夹。[必需]" in shown("check", "--help")[1]


@pytest.mark.parametrize("lang", LOCALES)
def test_without_a_command_there_is_help_and_the_status_of_bad_input(monkeypatch, lang):
    monkeypatch.setenv("LC_ALL", LOCALES[lang])
    status, text = shown()
    assert status == 2
    assert HEADINGS[lang][1] in text
    assert shown("render", "--no-such-option")[0] == 2


def test_the_version_is_the_installed_one():
    assert (
        CliRunner().invoke(app, ["--version"]).stdout == f"plan-monitor {metadata.version('plan-monitor')}\n"
    )
