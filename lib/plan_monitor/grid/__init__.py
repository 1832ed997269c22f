"""Files of tables as grids of the text that their cells show."""
