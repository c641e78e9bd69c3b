"""Room: promises in, calibrated distributions of arrival out."""
