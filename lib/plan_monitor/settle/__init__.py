"""What people write made into what the tables hold: figures, times, places, names, gaps."""
