"""权限复核: who holds which role is put to those who answer for it, again and again."""
