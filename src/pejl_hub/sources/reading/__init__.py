"""From a folder, a file or an archive to sheets of text cells: CSV or XLSX, whatever it holds."""
