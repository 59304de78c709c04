"""The elements with invented content, in DEBUG only: to look at, to restyle, to check."""
