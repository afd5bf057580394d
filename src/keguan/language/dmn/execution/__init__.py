"""Expressions, cells and boxed expressions made ready to run: each is compiled once, to a function of its scope."""
