"""Glyph variants (新旧字形): two characters of Unicode that a reader takes for one.

Fonts of different countries draw either like the other (户 and 戶, 内 and 內). They stay two in
`match_key`, and are one where names are held against each other before money goes out. Unicode
itself folds the compatibility ideographs; these it keeps apart, so they are written down here, the
first of a family being what all are compared as. Simplified and traditional characters are one
only where such a variant stands between them (说, 説, 說).
"""

from __future__ import annotations

_FAMILIES = (
    "户戶戸 吕呂 黄黃 青靑 内內 别別 没沒 高髙 真眞 说説說 税稅 清淸 教敎 兑兌 "
    "悦悅 脱脫 蜕蛻 锐鋭銳 阅閲閱 静靜 净淨浄 争爭 录彔 禄祿 绿綠緑 郎郞 "
    "乡鄉鄕郷 即卽 既旣 概槪 溉漑 潜潛 温溫 蕴蘊 媪媼 虚虛 戏戯戱 步歩 涉渉 "
    "研硏 并並幷 併倂 屏屛 瓶甁 晋晉 插挿揷 彦彥 颜顔顏 产産產 羡羨 盗盜 兖兗 "
    "衮袞 滚滾 决決 况況 凉涼 减減 凑湊 冲沖 凄淒 册冊 删刪 姗姍 宫宮 侣侶 "
    "铝鋁 俞兪 剥剝 丢丟 亘亙 俱倶 值値 偽僞 为為爲 冗宂 凡凢 凭凴 刃刄 券劵 "
    "勋勛勲 卧臥 卫衛衞 却卻 厨廚 厩廐 叙敘敍 吴吳呉 娱娛娯 误誤悞 吞呑 告吿 "
    "启啓啟 唤喚 换換 国囯國 回囘囬 填塡 慎愼 镇鎮鎭 颠顛顚 增増 墙墻牆 壶壺 "
    "奥奧 奖奨獎奬 妒妬 宁寧寕 宽寛寬 密宻 富冨 冤寃 宜冝 寇冦 尚尙 届屆 屉屜 "
    "峰峯 岛島嶋 巢巣 强強 彝彞彜 往徃 德徳 恒恆 弥彌 戾戻 抛拋 拔抜 捏揑 搜捜 "
    "携攜擕 摇搖揺 谣謠謡 瑶瑤 遥遙 敕勅 昂昻 晚晩 晓曉暁 皓晧 曾曽 朵朶 柳栁 "
    "查査 梨棃 棱稜 样樣様 横橫 岁歲歳 毁毀 每毎 泪淚 渊淵渕 阔闊濶 焰焔 熙煕熈 "
    "状狀 珍珎 略畧 留畱畄 瘦痩 皋皐 秃禿 稟禀 穗穂 竖竪豎 答荅 粤粵 绝絶絕 "
    "线綫線 缘緣縁 群羣 羹羮 翻飜 耻恥 肇肈 脉脈 脚腳 舍舎 兹茲玆 荆荊 庄莊荘 "
    "蒋蔣 葱蔥 藏蔵 诊診 辞辭辤 酱醤醬 钩鈎鉤 镰鎌 铁鐵鐡鉄 陷陥 邻鄰隣 韵韻 "
    "饮飲飮 骚騷騒 默黙 黑黒 鳌鰲鼇 鳖鱉鼈 龟龜亀 麴麹 麺麵 咒呪 弹弾 赞贊賛 "
    "朗朖 匀勻 寝寢 尧堯尭 廉亷 器噐 嘘噓 嫩嫰 徵徴 懒懶 搵揾 敛斂 榅榲 氲氳 "
    "涛濤 焕煥 睁睜 筝箏 莹瑩 诸諸 輸输 霸覇 飨饗 麦麥 吉𠮷 土圡 凌淩 妍姸 "
    "效効 冒冐 暨曁 準凖 偷偸 刊刋 兔兎 囊嚢 奇竒 姬姫 惠恵 惡悪 庶庻 揭掲 "
    "擊撃 渴渇 甜甛 畝畒畆 貌皃 窑窯窰 緒緖 總縂総 罰罸 翠翆 聰聡 腸膓 萌萠 "
    "蓋葢 薰薫 褒襃 覽覧 解觧 豐豊 賓賔 賴頼 遠逺 采釆 鎖鏁 險険 隱隠 隸隷 "
    "頰頬 頹頽 飄飃 餅餠 馱駄 髓髄 髮髪 歷歴 曆暦 躯軀 胄冑 巻卷 戛戞 叱𠮟"
)

GLYPHS = str.maketrans({other: one[0] for one in _FAMILIES.split() for other in one[1:]})
"""What each variant is compared as, for `str.translate`."""
