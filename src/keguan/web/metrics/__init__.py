"""The dashboard: the policy's figures, their targets and trends, and the list behind each number."""
