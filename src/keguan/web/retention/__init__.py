"""The pages of retention: what is due, what is held, batches, what is only stored, and the list of destruction."""
