"""The trace of a table, as tests read it."""

from reportkit.tracing import TRACE, unpack


def sources(bundle):
    """For each row of a table, heading → ids of the stored rows its figure comes from."""
    return [{heading: ids for heading, (_, ids) in row.items()} for row in unpack(bundle[TRACE])]
