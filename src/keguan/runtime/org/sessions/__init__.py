"""Who is signed in where, since when, and when that ends."""
