"""What changed between two executed notebooks, and why, where the data tell."""
