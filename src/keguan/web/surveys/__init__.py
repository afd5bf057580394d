"""The pages of surveys: what came of them, whom to call back, one invitation with its link."""
