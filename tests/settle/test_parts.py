"""Whether all texts of a column are like a pattern: they are matched together, and none is taken for two."""

import numpy as np
import pytest

from plan_monitor.settle.parts import all_like


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        (["1", "23"], True),
        (["a", "1"], True),
        (["ab", "1"], False),
        (["1", "ab"], False),
        (["1", ""], False),
        (["1\n2"], False),  # two lines, each of which is like it
        (["1", "2\n"], False),
        ([], True),
    ],
)
def test_texts_are_all_like_a_pattern_or_not(texts, whole):
    assert all_like(r"\d+|a", np.array(texts, dtype=object)) is whole
