"""Kernels that start warm: forked from a process in which everything a report needs is imported.

A client (a render, JupyterLab, papermill) has one server, which has kernels forked by multiprocessing's
forkserver. The processes that the client starts share its server.
"""
