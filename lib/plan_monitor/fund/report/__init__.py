"""An insurance fund in words, tables and charts."""
