"""The page on which a customer answers a survey."""
