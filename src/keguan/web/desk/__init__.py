"""工作台: what concerns the person who signed in, each figure with its list and its clause."""
