"""What people owe, by when, and what proves that they did it."""
