"""The pages of cases: boxes, board, one case, starting one."""
