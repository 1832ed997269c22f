"""The audit of the plans: checks of their figures against each other, and what comes of them."""
