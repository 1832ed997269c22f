"""An executed notebook as a page, Word, PDF and Excel."""
