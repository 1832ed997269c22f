"""Charts themselves, for tests of what their text cannot tell."""

import matplotlib.pyplot as plt
import pytest


@pytest.fixture
def drawn(shown, monkeypatch):
    """The charts themselves, where their text cannot tell."""
    charts, close = [], plt.close
    monkeypatch.setattr(plt, "close", lambda chart: (charts.append(chart), close(chart)))
    return charts
