"""How JupyterLab is opened: on which folder, in which language, asking no website; it is not started."""

import os
from pathlib import Path

import pytest

from reportkit.schedule import server


@pytest.fixture
def opened(monkeypatch, tmp_path):
    """Options and folders of settings that JupyterLab is opened with."""
    monkeypatch.chdir(tmp_path)
    (root := tmp_path / "root").mkdir()

    def serve(port=None, browser=True, locale="zh_CN.UTF-8", paths=""):
        told = []
        monkeypatch.setenv("LC_ALL", locale)
        monkeypatch.setenv("JUPYTER_CONFIG_PATH", paths)
        monkeypatch.setattr(server.LabApp, "launch_instance", told.append)
        monkeypatch.setattr(server, "_add_words", lambda: told.append("words"))
        server.serve(root, port, browser)
        assert Path.cwd() == root.resolve()
        names = [Path(path).name for path in os.environ["JUPYTER_CONFIG_PATH"].split(os.pathsep)]
        return told, names

    return serve


def test_it_is_opened_on_the_folder_with_our_classes(opened):
    (words, options), names = opened()
    assert (words, names) == ("words", ["settings", "settings_zh"])
    assert options == [
        f"--ServerApp.root_dir={Path.cwd()}",
        "--SchedulerApp.environment_manager_class=reportkit.schedule.manager.Environments",
        "--Scheduler.execution_manager_class=reportkit.schedule.manager.Renders",
        "--Scheduler.output_directory=jobs",
    ]


def test_port_browser_language_and_other_settings_are_those_asked_for(opened):
    (options,), names = opened(8890, False, "en_US.UTF-8", "/mine")
    assert options[4:] == ["--ServerApp.port=8890", "--no-browser"]
    assert names == ["mine", "settings"]
    assert opened(0, True)[0][1][4:] == ["--ServerApp.port=0"]


def test_words_of_the_scheduler_are_added_to_the_chinese_pack_alone(monkeypatch):
    packs = {"zh_CN": {"jupyterlab": {"File": ["文件"]}}, "fr_FR": {"jupyterlab": {}}}
    monkeypatch.setattr(
        server.translation_utils, "get_language_pack", lambda locale: (packs.get(locale, {}), "")
    )
    monkeypatch.setattr(server.translations_handler, "get_language_pack", None)
    server._add_words()
    pack, message = server.translations_handler.get_language_pack("zh_CN")
    assert message == "" and pack["jupyterlab"]["File"] == ["文件"] and len(pack["jupyterlab"]) > 20
    assert all(len(words) == 1 for words in pack["jupyterlab"].values())
    assert server.translations_handler.get_language_pack("fr_FR")[0] == {"jupyterlab": {}}
    packs["zh_CN"] = {}
    assert server.translations_handler.get_language_pack("zh_CN")[0] == {}
