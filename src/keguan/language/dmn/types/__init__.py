"""Types of FEEL: what ``instance of`` asks for and what item definitions declare."""
