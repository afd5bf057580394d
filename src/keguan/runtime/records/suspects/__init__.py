"""Records that may be one and the same though nothing unique about them is equal (疑似重复)."""
