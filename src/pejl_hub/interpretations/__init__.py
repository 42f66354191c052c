"""The contract's open questions: every reading beside the others, and who decided between them."""
