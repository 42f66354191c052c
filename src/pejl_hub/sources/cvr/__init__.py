"""The register of companies (CVR): what it says is looked up, read, and written as dated facts.

Imports go one way: pages and jobs > refresh > writing > entry, and refresh > register | bulkfile.
"""
