"""Aid of minor amount, by Commission Regulation (EU) 2023/2831."""
