"""Write findings as a description, and account for every line that was read."""
