"""Households at risk in words, tables and charts."""
