"""Room: bytes in, documents out."""
