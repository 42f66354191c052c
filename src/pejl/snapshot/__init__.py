"""A snapshot is what was counted: dated Parquet tables and a manifest."""
