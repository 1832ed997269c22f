"""PDF documents: characters and lines of their pages as paragraphs and tables."""
