"""What an attacker would try, one attack a file; README.md tells which defence each one meets."""
