"""The working calendar of the company: which days are worked, and from when until when."""
