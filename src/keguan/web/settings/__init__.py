"""设置: one's own language and sessions."""
