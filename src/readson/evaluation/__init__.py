"""Measure what is read from texts against the verdicts that an analyst gives on them."""
