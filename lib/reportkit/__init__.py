"""An engine for reports from notebooks: it runs, lays out and publishes them, whatever they are about."""
