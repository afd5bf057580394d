"""The second factor: one-time codes (TOTP), recovery codes and passkeys (docs/adr/0023-factors-and-federation.md)."""
