"""Changes with consequences. Keyword-only, `by=` the writer, one transaction."""
