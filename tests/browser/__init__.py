"""The pages in a real browser, wide and narrow, with JavaScript and without."""
