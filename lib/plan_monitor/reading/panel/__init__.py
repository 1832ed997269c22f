"""A panel in JupyterLab: a person confirms the figures that were read from a document."""

from reportkit.lazy import attach

__getattr__, __all__ = attach({"plan_monitor.reading.panel.opening": ("confirm", "headline", "opened")})
