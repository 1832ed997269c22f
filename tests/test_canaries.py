"""Where we reach into other libraries, and whether it is still needed and still works."""

import inspect
import json
import subprocess
import sys
from pathlib import Path

from jupyterlab_server import translation_utils, translations_handler

from reportkit.schedule import server

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
