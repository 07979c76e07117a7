"""Cases worked by hand, one module for each theme."""
