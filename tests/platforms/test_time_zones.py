"""Windows brings no time zones: those of the package tzdata are found in their place."""

import zoneinfo

import pytest

from reportkit.schedule.request import scheduled


@pytest.fixture
def no_zones_of_the_system():
    zoneinfo.reset_tzpath(to=[])
    zoneinfo.ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath()
    zoneinfo.ZoneInfo.clear_cache()


def test_the_month_of_a_schedule_is_that_of_its_place(no_zones_of_the_system):
    made = 1796054405  # five seconds after midnight in China
    assert scheduled("0 0 1 * *", "Asia/Shanghai", made) == "2026-12"
    assert scheduled("0 0 1 * *", "Europe/London", made) == "2026-11"
    assert scheduled("0 0 1 * *", None, made) == "2026-11"
