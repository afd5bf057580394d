"""Cases: a process as it runs, step by step, from hand to hand."""
