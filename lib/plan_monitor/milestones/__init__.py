"""Promises with a date in place of a figure."""
