"""What people write – names, labels, figures, times, tables – made into what the package stores."""
