"""Trace a number: where does it come from?"""
