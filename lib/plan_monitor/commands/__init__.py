"""The commands of ``plan-monitor``. What they need they import themselves: ``--help`` answers at once."""
