"""The templates of Word and PowerPoint, made by tools/report_templates.py."""
