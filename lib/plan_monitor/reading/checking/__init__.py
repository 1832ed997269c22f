"""Rules that find, among the drafted figures of a document, those that follow from others."""
