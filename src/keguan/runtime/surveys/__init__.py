"""Satisfaction surveys: who is asked, when and how often at most, what they answer, and what comes of it in figures."""
