"""Measures of a pair from the event view, one a file; only what is between the two sides is read."""
