"""The frame of the customers' pages: whose they are, their language, what went wrong."""
