"""Regular expressions as FEEL has them: XPath's, on XML Schema's.

They are our own because Python's differ (classes that are subtracted, names' characters, categories, what is an error),
and because a pattern that comes with a model must not be able to hang: every match has a number of steps it may take.
"""
