"""Faces: the command line, the report, the pages."""
