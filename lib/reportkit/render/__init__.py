"""From recipes to published reports."""
