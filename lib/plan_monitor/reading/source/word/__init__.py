"""Word documents (.docx; ECMA-376, in either of its namespaces) as a reader sees them."""
