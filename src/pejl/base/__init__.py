"""What every room needs: periods, units and errors. Imports nothing of Pejl."""
