"""The pages of exports and permits, and the sheet of a record."""
