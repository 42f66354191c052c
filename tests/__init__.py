"""The tests are the specification: what is not shown here is not promised."""
