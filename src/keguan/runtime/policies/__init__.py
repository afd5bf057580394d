"""Published policies: which versions exist, which are in force today, and the only door to the language."""
