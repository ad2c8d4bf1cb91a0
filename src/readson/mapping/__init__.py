"""Read tables and trees of unknown keys into findings, by mappings that a person can correct."""
