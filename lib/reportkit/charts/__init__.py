"""Charts of a report, each with its figures in words."""
