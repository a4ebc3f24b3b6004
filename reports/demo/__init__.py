"""Synthetic data: invented people, corporations and conditions. Same seed and same today, same data."""
