"""Composite indices of several systems, and how far they move together."""
