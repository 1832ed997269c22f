"""Tables as people have them, given as text."""

import json

import pytest

from plan_monitor.intake import take


@pytest.fixture
def read(tmp_path):
    """Take a file given as text, or as what JSON stands for."""

    def taking(content, **options):
        path = tmp_path / ("t.csv" if isinstance(content, str) else "t.json")
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return take.read([path], **options)

    return taking
