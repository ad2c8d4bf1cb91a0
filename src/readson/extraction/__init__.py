"""Read running text into findings: a cascade of small stages, each a pure function."""
