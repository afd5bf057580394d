"""分配和公海: what is shared out, and what people claim."""
