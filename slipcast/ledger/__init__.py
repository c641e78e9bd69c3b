"""Room: the append-only evidence ledger, readable as of any past day."""
