"""What is stored and what may happen: a folder per noun, each importing only those to its left."""
