"""What follows from a result: proposed with its clause, in force once approved."""
