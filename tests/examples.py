"""How many examples a property is tried with."""

from hypothesis import settings

QUICK = 5  # in `make test-fast`


def up_to(number: int) -> int:
    """What a property asks for, in the quick tests at most a few: ``max_examples`` of a test hides a profile's."""
    return min(number, QUICK) if settings.get_current_profile_name() == "quick" else number
