"""Signing in with the hub's own identity provider, by OpenID Connect."""
