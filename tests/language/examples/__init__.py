"""The examples of the reference pages: a policy for each kind of block in ``good``, each a golden file."""
