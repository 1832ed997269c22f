"""Kernels that start warm: forked from a process in which everything a report needs is imported."""
