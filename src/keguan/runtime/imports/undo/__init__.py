"""Taking an import back: what it created goes, what it changed is as before, as far as nobody has touched it since."""
