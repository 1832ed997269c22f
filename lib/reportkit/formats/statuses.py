"""How a cell that is marked as a status looks: its sign, for who prints in black, and its colour."""

STATUS = {
    **dict.fromkeys(("achieved", "kept"), ("✓", "#14622f")),
    "on_track": ("●", "#1d5a8c"),
    "slow": ("◐", "#825700"),
    "lagging": ("○", "#a8440a"),
    **dict.fromkeys(("moving_away", "lost"), ("×", "#a3191f")),
}
