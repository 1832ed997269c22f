"""The form that goes round: what is due without a figure, asked of who issued it, and what comes back."""
