"""Traditional or Simplified, by the everyday characters that only one of the scripts has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

_TRADITIONAL = frozenset(
    "們這個來為國說時會對著過發後裡種經麼學現當沒動還進樣開從實軍無與長機關點業將兩間問並應戰頭體見產話內"
    "給門兒東聲員論處義幾認條係氣題爾別變總電數報結務場計資許統區隊決馬書則聽達強難權設記類據邊張該規萬覺術"
    "領確傳師觀讓識帶導爭運筆醫衛眾黨買賣車錢風飛龍鳥魚麗黃齊齒龜壓廠廳歷單雙園團圖圓壞塊塵備傷優億價億兇"
    "儘償儲劃劇劑勝勞勢勵勸華葉號嗎嚴嘗噴壯夢奪奮婦媽孫寧審寫寬寶屬島嶺幣幫庫廣彈徹恆惡愛態慣慶憂憐應懷戲"
    "戶掃揚換損搖擊擔擇據擴擺攝敗敵歡歲歸殘殺毀決淚淨減測準滅滿漁漢潔潛澤濟濃灣災烏爐爺犧狀獨獲環療盡監盤"
    "礎禮禦穩窮競筆節築簡簽糧納紅紀約級紙細終組織續維緊線練縣縱績繼罰羅聖聞聯肅脅腦腳臨舉舊艦藝藥蘇虛虧補"
    "裝製複視親訂訊訓訪評詞試詩誠誤請諸證護讀讚豐財責貢貧貨貿費貼賀賓賽贈趕趙跡踐躍軟較載輕輝輪輸轉辦農遠"
    "適遲遷選遺鄉鄭釋針銀銷錄錯鎮鏡鐘鐵閉閱陣陸陳陽隨險雖雜離雲靈靜項順預頓頻顆願顧顯館驗驚鬥鬧鮮麥"
)
_SIMPLIFIED = frozenset(
    "们这个来为国说时会对过发后种经么学现当没动还进样开从实军无与长机关点业将两间问并应战头体见产话内给门儿"
    "东声员论处义几认条气题尔别变总电数报结务场计资许统区队决马书则听达强难权设记类据边张该规万觉术领确传师"
    "观让识带导争运笔医卫众党买卖车钱风飞龙鸟鱼丽黄齐齿龟压厂厅历单双园团图圆坏块尘备伤优亿价尽偿储划剧剂"
    "胜劳势励劝华叶号吗严尝喷壮梦夺奋妇妈孙宁审写宽宝属岛岭币帮库广弹彻恒恶爱态惯庆忧怜怀戏户扫扬换损摇击担"
    "择扩摆摄败敌欢岁归残杀毁泪净减测准灭满渔汉洁潜泽济浓湾灾乌炉爷牺状独获环疗监盘础礼御稳穷竞节筑简签粮纳"
    "红纪约级纸细终组织续维紧线练县纵绩继罚罗圣闻联肃胁脑脚临举旧舰艺药苏虚亏补装制复视亲订讯训访评词试诗诚"
    "误请诸证护读赞丰财责贡贫货贸费贴贺宾赛赠赶赵迹践跃软较载轻辉轮输转办农远适迟迁选遗乡郑释针银销录错镇镜钟"
    "铁闭阅阵陆陈阳随险虽杂离云灵静项顺预顿频颗愿顾显馆验惊斗闹鲜麦"
)


# A character in both lists is used in both scripts and says nothing.
_ONLY_TRADITIONAL = re.compile(f"[{''.join(_TRADITIONAL - _SIMPLIFIED)}]")
_ONLY_SIMPLIFIED = re.compile(f"[{''.join(_SIMPLIFIED - _TRADITIONAL)}]")


def find_language(texts: Iterable[str]) -> Literal["zh-Hans", "zh-Hant"]:
    """``zh-Hant`` where Traditional-only characters outnumber Simplified-only ones."""
    more = 0
    for text in texts:
        more += len(_ONLY_TRADITIONAL.findall(text)) - len(_ONLY_SIMPLIFIED.findall(text))
    return "zh-Hant" if more > 0 else "zh-Hans"
