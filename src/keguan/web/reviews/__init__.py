"""权限复核: reviews, and what waits for the viewer."""
