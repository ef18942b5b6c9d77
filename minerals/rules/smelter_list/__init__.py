"""Lists of smelters as others publish them: which column is what, what is wrong, what changed."""
