"""FEEL's values at run time.

A value is None, a bool, a ``Decimal`` of at most 34 digits, a str, a ``Date``, a ``Time``, a ``DateTime``, a
``DaysTime``, a ``YearsMonths``, a list of values, a context (a dict from str to values), a ``Range`` or a ``Function``.
No value is ever changed once it is made, lists and contexts neither.
"""
