"""Readings that the dictionaries get wrong.

Words are known by their whole; a character that stands alone by its neighbours, seen as
"before_after" with two characters on each side.
"""

from __future__ import annotations

import re

_WORDS = """
迫击炮 po4 ji1 pao4|夹克 jia1 ke4|塞尔维亚 sai4 er3 wei2 ya4|朴槿惠 piao2 jin3 hui4|大夫 dai4 fu5
还得 hai2 dei3|应得 ying1 de2|单薄 dan1 bo2|薄冰 bo2 bing1|一宿 yi4 xiu3|重创 zhong4 chuang1
埋怨 man2 yuan4|亲家 qing4 jia5|曝晒 pu4 shai4|六安 lu4 an1|蚌埠 beng4 bu4|番禺 pan1 yu2
量身 liang2 shen1|率领 shuai4 ling3|恰当 qia4 dang4|暖和 nuan3 huo5|着陆 zhuo2 lu4
空缺 kong4 que1|中奖 zhong4 jiang3|中毒 zhong4 du2|勒索 le4 suo3|吁请 yu4 qing3|弹劾 tan2 he2
数了数 shu3 le5 shu3|中了 zhong4 le5|将领 jiang4 ling3|遂宁 sui4 ning2|爪子 zhua3 zi5
似的 shi4 de5|奇数 ji1 shu4|济南 ji3 nan2|露面 lou4 mian4|切断 qie1 duan4|背着 bei1 zhe5
都市 du1 shi4|兄长 xiong1 zhang3|长大 zhang3 da4|行长 hang2 zhang3|校长 xiao4 zhang3
归还 gui1 huan2|还清 huan2 qing1|还款 huan2 kuan3|偿还 chang2 huan2|退还 tui4 huan2
车轮转动 che1 lun2 zhuan4 dong4|转动 zhuan4 dong4|试卷 shi4 juan4|和平 he2 ping2
巷道 hang4 dao4|闷热 men1 re4|裂缝 lie4 feng4|二石 er4 dan4|为了 wei4 le5|症结 zheng1 jie2
倒数 dao4 shu3|朝鲜 chao2 xian3|保持干净 bao3 chi2 gan1 jing4|干净 gan1 jing4
"""
WORDS: dict[str, tuple[str, ...]] = {
    line.split()[0]: tuple(line.split()[1:])
    for row in _WORDS.split("\n")
    for line in row.split("|")
    if line.strip()
}
SURNAMES = {"单": "shan4", "曾": "zeng1", "仇": "qiu2", "解": "xie4", "朴": "piao2", "任": "ren2",
            "华": "hua4", "盖": "ge3", "查": "zha1", "尉": "yu4", "缪": "miao4", "区": "ou1",
            "翟": "zhai2", "乐": "yue4", "宁": "ning4", "葛": "ge3", "纪": "ji3", "燕": "yan1",
            "覃": "qin2", "冼": "xian3", "员": "yun4", "召": "shao4", "秘": "bi4", "折": "she2"}  # fmt: skip
TRADITIONAL = {"乾": "gan1", "幹": "gan4", "隻": "zhi1", "髮": "fa4", "發": "fa1", "鬆": "song1",
               "麵": "mian4", "衝": "chong1", "鬥": "dou4", "鐘": "zhong1", "製": "zhi4"}  # fmt: skip
CHARACTERS: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    character: tuple((re.compile(pattern), syllable) for pattern, syllable in cases)
    for character, cases in {
        "还": (("_(钱|款|债|书|账|贷|给|清|人|他|她|你|我)", "huan2"), (".", "hai2")),
        "得": (("(还|就|总|都|必|只|也|你|我|他|们|非|可)_", "dei3"), ("_(到|了|出|知|分|奖|票|名)", "de2"),
               (".", "de5")),
        "地": (("(大|土|天|此|该|当|的|本|外|两|各|某|在|从|到|拔|陆|落|扫|种|占)_", "di4"), (".", "de5")),
        "着": (("_(火|凉|急|陆|眼|手|力|重|想|实)", "zhao2"), (".", "zhe5")),
        "了": (("_(解|结|断|却|事|如)", "liao3"), (".", "le5")),
        "长": (("(校|市|省|县|区|局|部|院|处|科|组|队|会|厂|店|所|班|船|机|家|站|行|董事|团|社|州|镇|乡|村)_", "zhang3"),
               ("_(出|得|成|高|满|着|了|到|在|大)", "zhang3"), (".", "chang2")),
        "行": (("(银|商|央|投|分|支|总|同|各|这|两|第|单)_", "hang2"), (".", "xing2")),
        "重": (("_(建|启|返|温|申|回|新|做|来|修|塑|构|组|聚)", "chong2"), (".", "zhong4")),
        "为": (("_(了|此|何|什|他|她|你|我|人|咱|大家|孩|患|客|用户|国|民|全|生|病|这|那|您|它)", "wei4"),
               (".", "wei2")),
        "中": (("_(奖|毒|弹|枪|标|了|计|暑|风|招|签)", "zhong4"), (".", "zhong1")),
        "只": (("(一|两|二|三|四|五|六|七|八|九|十|百|千|万|几|多|数|每|这|那|半)_", "zhi1"), (".", "zhi3")),
        "种": (("_(下|上|地|田|树|菜|花|了|着|植|粮|出|满|草|庄)", "zhong4"), (".", "zhong3")),
        "都": (("(首|古|故|旧|帝|定|迁|国|魔)_", "du1"), (".", "dou1")),
        "背": (("_(着|起|上|了|包|书|负|回|下|走)", "bei1"), (".", "bei4")),
        "数": (("_(一|了|不|来|数|到|着|出)", "shu3"), (".", "shu4")),
        "将": ((".", "jiang1"),),
        "难": ((".", "nan2"),),
        "好": ((".", "hao3"),),
        "相": ((".", "xiang1"),),
        "教": (("_(书|我|你|他|她|会|他们|孩|学|课|给|人|数|语|英)", "jiao1"), (".", "jiao4")),
        "当": (("(不|适|恰|妥)_", "dang4"), (".", "dang1")),
        "称": ((".", "cheng1"),),
        "和": ((".", "he2"),),
        "上": ((".", "shang4"),),
        "没": ((".", "mei2"),),
        "的": ((".", "de5"),),
    }.items()
}  # fmt: skip
