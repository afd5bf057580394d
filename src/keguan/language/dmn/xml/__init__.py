"""DMN's XML: read without trusting it, and what it says as plain data."""
