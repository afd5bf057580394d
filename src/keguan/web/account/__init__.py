"""One's own security: password, second factors, sessions; and, for administrators, other people's."""
