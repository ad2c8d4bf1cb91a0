"""Read documents of many kinds as text, of which every character knows where it stands."""
