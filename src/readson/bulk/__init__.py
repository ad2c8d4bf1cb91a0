"""Check portfolios: many products a file, in chunks, on many cores or machines (docs/bulk.md)."""
