"""地域支援 (活動, アウトリーチ, 社会資源, 災害時の安否確認). Nothing is stored here yet."""
