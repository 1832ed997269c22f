"""The data package: read, checked, selected."""
