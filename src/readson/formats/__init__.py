"""Formats: results as files to hand over. None computes anything; all show the model of `results/`."""
