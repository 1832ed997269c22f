"""One target, what was observed, and the verdict on it."""

import pandas as pd

from plan_monitor.methods.progress import assess

BASE = ("2020", 91.0)


def target(value=95.0, period="2025", **more):
    return {"indicator": "rate", "region": "A1", "period": period, "value": value} | more


def figures(*pairs, **more):
    """Observations from (period, value) or (period, value, quality)."""
    rows = [
        {"id": f"o-{i}", "indicator": "rate", "region": "A1", "period": p, "value": v}
        | more
        | ({"quality": rest[0]} if rest else {})
        for i, (p, v, *rest) in enumerate(pairs)
    ]
    return pd.DataFrame(rows, columns=["id", "indicator", "region", "period", "value", *more, "quality"])


def judge(promise, observed, as_of="2023"):
    return assess(pd.DataFrame([promise]), observed, as_of).iloc[0]
