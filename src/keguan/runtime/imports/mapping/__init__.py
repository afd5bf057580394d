"""Which column of a sheet is which field, guessed from the headings and corrected by the person."""
