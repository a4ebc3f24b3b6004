"""What the pages are called where the access log is shown."""

PAGE_NAMES = {
    "cases:client": "利用者ページ",
    "cases:client_timeline": "利用者ページ(続き)",
    "cases:client_edit": "基本情報を直す",
    "cases:client_reads": "閲覧の記録",
    "cases:consultation": "相談の記録",
    "cases:consultation_correct": "記録の訂正",
    "cases:consultation_void": "記録の取り消し",
    "cases:consultation_restore": "取り消しの取りやめ",
    "cases:thread": "匿名の相談者",
    "cases:followups": "連絡・訪問の予定",
    "cases:followup_new": "次の予定を入れる",
    "cases:followup_done": "次の予定",
    "cases:log": "相談を記録",
    "cases:log_client": "相談を記録",
    "cases:log_person": "相談を記録(選んだ人)",
    "cases:log_known": "相談を記録(同じ人の確かめ)",
    "cases:draft": "下書き",
    "cases:draft_save": "下書きの保存",
    "cases:draft_discard": "下書きを捨てる",
    "cases:search": "利用者の検索",
    "cases:note_search": "記録を言葉で探す",
    "cases:suggest": "利用者の検索(候補)",
    "reports:home": "ホーム",
    "reports:monthly": "月次実績",
    "reports:monthly_center": "センターの月次実績",
    "reports:monthly_records": "月次実績の記録",
    "reports:city": "9センターの状況",
    "reports:city_csv": "9センターの状況(CSV)",
    "reports:city_center": "センターの状況",
    "reports:ward": "区の集計",
    "reports:audit": "閲覧・操作の記録",
    "centers:contracts": "契約・配置",
    "centers:notice_open": "お知らせ",
}


def page_name(view_name: str) -> str:
    return PAGE_NAMES.get(view_name, "そのほかの画面")
