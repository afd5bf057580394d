"""The pages of consequences: proposed, approved, objected to."""
