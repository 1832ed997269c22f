"""Balanced education in words, tables and charts."""
