"""Variant kanji of Japanese names, one group a word; its first character stands for all.

Names are stored as written; only keys are folded, and generously: a person who is shown
once too often is found, one who is missing is registered twice.
Characters that NFKC already unifies (神 and U+FA19, 福 and U+FA1B …) are not listed.
"""

# The groups met most often in names come first.
_TABLE = """
高髙 崎﨑嵜碕 辺邊邉 沢澤 斎齋斉齊 浜濱濵 広廣 島嶋嶌 徳德 吉𠮷
柳栁桺 桑桒 真眞 国國 桜櫻 竜龍 瀬瀨 恵惠 礼禮 栄榮
条條 寿壽 曽曾 富冨 野埜 館舘 亜亞 晃晄 浅淺 芦蘆
桧檜 稲稻 岩巌巖 梅楳 営營 衛衞 穎頴 悦悅 円圓 園薗
艶艷 応應 奥奧 横橫 温溫 会會 絵繪 学學 岳嶽 柏栢
鴎鷗 亀龜 寛寬 関關 巻卷 気氣 熙熈煕 旧舊 峡峽 橋槗
暁曉 尭堯 凛凜 区區 駆驅 勲勳 薫薰 茎莖 啓啟 渓溪谿
経經 継繼 蛍螢 芸藝 県縣 剣劍劔 研硏 権權 顕顯 検檢
呉吳 彦彥 恒恆 皐皋 黄黃 郷鄉鄕 鉱鑛 号號 黒黑 歳歲
済濟 栃杤 参參 桟棧 賛贊 讃讚 児兒 実實 舎舍 釈釋
収收 従從 渋澁澀 粛肅 緒緖 将將 昇曻 称稱 涼凉 浄淨
縄繩 譲讓 嬢孃 晋晉 慎愼 尽盡 粋粹 枢樞 数數 静靜
青靑 清淸 声聲 摂攝 専專 銭錢 禅禪 双雙 荘莊 蔵藏
増增 総總 聡聰 続續 村邨 台臺 滝瀧 択擇 沖冲 昼晝
鋳鑄 聴聽 鎮鎭 鶴靏靍 鉄鐵銕 点點 転轉 伝傳 灯燈 当當
党黨 涛濤 豊豐 内內 弐貳 祢禰 麦麥 発發 抜拔 繁緐
毘毗 姫姬 桝枡 淵渊渕 仏佛 弁辨辯瓣 歩步 穂穗 宝寶 峰峯
萌萠 戸戶 毎每 槙槇 万萬 満滿 弥彌 薬藥 藪薮籔 訳譯
与與 予豫 誉譽 様樣 謡謠 遥遙 瑶瑤 来來 莱萊 頼賴
楽樂 覧覽 籠篭 裏裡 両兩 涌湧 緑綠 隣鄰 塁壘 励勵
霊靈 歴歷 恋戀 朗朖 郎郞 楼樓 労勞 録錄 湾灣 亘亙
喜㐂 虎乕 場塲 兎兔 杉杦 磯礒 蓑簑 砺礪 迩邇 船舩
鶯鴬 為爲 壱壹 医醫 隠隱 画畫 覚覺 珍珎 秋秌穐龝 紘絋
錬鍊 塩鹽 糸絲 坂阪 竈竃 靱靭 爾尓 宮宫 ケヶゖ
"""

VARIANT_GROUPS = _TABLE.split()
# For str.translate: each variant to the first of its group.
FOLD_VARIANTS = {ord(variant): group[0] for group in VARIANT_GROUPS for variant in group[1:]}
