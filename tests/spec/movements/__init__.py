"""Why figures moved: drawn records then and now, and what each of them moved."""
