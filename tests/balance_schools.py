"""Schools for the tests of the balanced-education evaluator: exactly at the thresholds, or anything at all."""

import pandas as pd
from hypothesis import strategies as st

from plan_monitor.balance import RESOURCES

COLUMNS = RESOURCES["column"].tolist()
# exactly at the thresholds, for 1 000 pupils
AT_THRESHOLD = {
    "primary": (42, 10, 9, 4500, 7500, 2_000_000, 23),
    "junior": (53, 10, 9, 5800, 10_200, 2_500_000, 24),
}


def school(code="1", level="primary", students=1000, region="A", **totals):
    """A school exactly at its thresholds, but for the totals given."""
    share = students / 1000
    exact = {c: v * share for c, v in zip(COLUMNS, AT_THRESHOLD[level], strict=True)}
    kind = {"type": level, "level": level, "name_zh": f"学校{code}", "name_en": f"School {code}"}
    return {"region": region, "period": "2024", "code": code, **kind, "students": students, **exact, **totals}


def schools(*rows):
    return pd.DataFrame(rows)


@st.composite
def counties(draw, largest=9):
    """A county of some schools, from rich to destitute, some without pupils."""
    rows = []
    for number in range(draw(st.integers(1, largest))):
        level = draw(st.sampled_from(["primary", "junior"]))
        students = draw(st.sampled_from([0, 1, 12, 100, 333, 1000, 2500]))
        parts = draw(
            st.lists(st.sampled_from([0, 0.2, 0.84, 0.85, 0.9, 1, 1.1, 3, 20]), min_size=7, max_size=7)
        )
        totals = {
            column: round(share * value * max(students, 50) / 1000)
            for column, share, value in zip(COLUMNS, parts, AT_THRESHOLD[level], strict=True)
        }
        rows.append(school(str(number), level, students, **totals))
    return schools(*rows)
