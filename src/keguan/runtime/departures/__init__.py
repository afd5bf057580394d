"""离职: people leave, their accounts close, and what they held finds somebody else."""
