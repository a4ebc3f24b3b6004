"""アカウント: the pages of those who look after accounts. Whatever is out of reach answers 404."""
