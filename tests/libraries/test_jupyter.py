"""Jupyter's libraries: where we reach into them and what we say of them, and whether that still holds."""

import inspect
import json
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from jupyter_client import KernelManager
from jupyter_scheduler.job_files_manager import Downloader
from jupyter_scheduler.scheduler import BaseScheduler
from jupyter_server.serverapp import ServerApp
from jupyterlab_server import translation_utils, translations_handler
from packaging.version import InvalidVersion

from kernels import kernel
from reportkit.schedule import server

pytestmark = pytest.mark.slow

WORDS = Path(server.__file__).with_name("words_zh.json")


def test_jupyterlab_server_hands_words_out_by_the_name_that_we_wrap():
    """``schedule.server`` puts a function of its own in this name's place."""
    get = inspect.unwrap(translations_handler.TranslationsHandler.get)
    assert "get_language_pack" in get.__code__.co_names
    assert len(inspect.signature(translation_utils.get_language_pack).parameters) == 1


def test_jupyterlabs_chinese_pack_lacks_the_words_of_the_scheduler():
    """Once it has them, ``schedule/words_zh.json`` and the wrapping can go."""
    pack, message = translation_utils.get_language_pack("zh_CN")
    ours = json.loads(WORDS.read_text(encoding="utf-8"))
    assert not message
    assert set(ours) - set(pack["jupyterlab"]), "the language pack has all our words"


def test_a_package_cannot_add_to_the_chinese_pack_whose_version_is_no_number():
    """``schedule.server`` wraps a function in place of the entry point that is meant for this."""
    pack, _ = translation_utils.get_language_pack("zh_CN")
    ours = {"": {"domain": "jupyterlab", "version": "99.0"}, "Create Job": ["新建任务"]}
    with pytest.raises(InvalidVersion):
        translation_utils.merge_locale_data(pack["jupyterlab"], ours)


def test_jupyterlab_listens_on_port_8888_or_the_next_that_is_free():
    app = ServerApp()
    assert app.port == 8888 and app.port_retries > 0


def test_jupyter_scheduler_puts_the_files_of_jobs_below_the_working_directory(tmp_path, monkeypatch):
    """``schedule.server`` goes to the folder that JupyterLab shows, wherever it was started."""
    scheduler = SimpleNamespace(root_dir=str(tmp_path / "shown"), output_directory="jobs")
    job = SimpleNamespace(input_filename="a.ipynb", job_id="1")
    folder = BaseScheduler.get_local_output_path(scheduler, job, root_dir_relative=True)
    (tmp_path / "staged").write_text("a", encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    Downloader([], {"input": "a.ipynb"}, {"input": str(tmp_path / "staged")}, folder, False).download()
    assert [path.parts[-4:-2] for path in tmp_path.rglob("a.ipynb")] == [("elsewhere", "jobs")]


def test_jupyter_client_looks_every_tenth_of_a_second_whether_a_kernel_has_ended():
    """``ForkProvisioner`` looks by itself, ten times as often."""
    assert inspect.signature(KernelManager._async_wait).parameters["pollinterval"].default == 0.1


def test_jupyter_client_appends_a_number_to_the_name_of_a_socket(tmp_path):
    """A kernel's five have 1 to 5; ``ForkProvisioner`` leaves room for them."""
    manager = KernelManager(
        transport="ipc", ip=str(tmp_path / "k-ipc"), connection_file=str(tmp_path / "k.json")
    )
    manager.write_connection_file()
    named = {manager._make_url(channel) for channel in ("shell", "iopub", "stdin", "control", "hb")}
    assert named == {f"ipc://{tmp_path}/k-ipc-{number}" for number in range(1, 6)}


def test_jupyter_client_listens_for_another_fifth_of_a_second_when_a_kernel_is_ready():
    """Our ``Client`` waits for the word that the kernel is idle instead."""
    with kernel("python3") as (_, client):
        client.wait_for_ready(timeout=60)
        begun = time.perf_counter()
        client.wait_for_ready(timeout=60)
        assert time.perf_counter() - begun >= 0.2


def test_jsonschema_builds_a_grammar_of_web_addresses_unless_it_is_not_there():
    """``reportkit.render`` declares the module absent, for a second less at every start."""

    def imported(code):
        done = subprocess.run(
            [sys.executable, "-c", f"{code}, nbformat, sys; print(bool(sys.modules.get('rfc3987_syntax')))"],
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    assert [imported("import jsonschema"), imported("import reportkit.render")] == ["True", "False"]
