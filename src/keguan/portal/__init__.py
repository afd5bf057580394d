"""The customers' own pages: public, without signing in, nothing of the house on them; templates beside them."""
