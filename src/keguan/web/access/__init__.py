"""Information classes and who may do what with them, for those who answer for their protection."""
