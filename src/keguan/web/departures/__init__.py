"""离职: who leaves, what is still in their hands, and what belongs to nobody."""
