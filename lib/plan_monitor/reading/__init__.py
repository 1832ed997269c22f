"""Documents read by machine: their figures drafted as rows, decided on by a person, put into a package."""
