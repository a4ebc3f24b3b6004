"""What people type into the pages of 利用者, 相談記録 and 次の予定."""
