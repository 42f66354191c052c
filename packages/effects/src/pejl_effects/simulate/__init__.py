"""Made-up panels whose true effect is known."""
