"""What every app of the hub needs: layout, data revision, checked text. Imports no other app."""
