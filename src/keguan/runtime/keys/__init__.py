"""Keys as the company minds them: rotated while people work, and destroyed when nothing needs them any more."""
