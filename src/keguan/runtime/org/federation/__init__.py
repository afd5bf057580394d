"""Sign-in vouched for by somebody else: an OIDC provider or an LDAP directory, through doors that connectors open."""
