"""Room: statements in, programmes out."""
