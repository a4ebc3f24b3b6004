"""会議・地域課題 (区障がい福祉ネットワーク会議, 連絡会議, 協議会と部会). Nothing is stored here yet."""
