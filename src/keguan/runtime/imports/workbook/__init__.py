"""Files that people upload, read safely: what kind it is, its sheets, its cells."""
