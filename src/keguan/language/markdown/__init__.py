"""Text of a policy file → headings, prose and blocks with exact spans. Nothing here knows what a block means."""
