"""Room: a document in, statements out."""
