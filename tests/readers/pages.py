"""Pages as sites make them, each with what has to be spoken and what must not."""

from __future__ import annotations

from dataclasses import dataclass

A = "市气象台今天发布预报，未来三天将有一次明显的降雨过程，请市民出行时注意安全。"
B = "据了解，本次降雨主要集中在夜间，累计雨量可达五十毫米，山区局部还会更大一些。"
C = "“我们已经做好了准备。”防汛办主任李明告诉记者，全市三百支队伍已经到岗值守。"
D = "专家提醒，降雨结束之后气温会明显下降，早晚温差加大，要及时增添衣物预防感冒。"
SIDE = "昨天的另一场发布会上，教育局介绍了新学年的招生安排，引起了许多家长的关注。"
WORD = "写得真好，我们这里昨天晚上也下了大雨，路上积水很深，大家出门一定要小心啊。"


@dataclass(frozen=True, slots=True)
class Page:
    """A page; ``spoken`` are whole blocks in order, ``silent`` stands in no block."""

    name: str
    html: str
    title: str
    spoken: tuple[str, ...]
    silent: tuple[str, ...]
    headings: tuple[str, ...] = ()
    encoding: str = "utf-8"


PAGES = (
    Page(
        "newspaper",
        f"""<html><head><title>降雨将至请注意_本地新闻_江城日报网</title></head><body>
<div class="topnav"><a href=/>首页</a> <a href=/n>新闻</a> <a href=/s>体育</a></div>
<div class="breadcrumb"><a>首页</a> &gt; <a>本地</a> &gt; 正文</div>
<div class="wrap"><div class="left"><h1>降雨将至请注意</h1>
<div class="info">2024-05-06 08:00 来源：江城日报</div>
<div class="article-content"><p>{A}</p><p><img src=a alt=""></p><p class="pic">图为防汛队伍。</p>
<h2>山区雨大</h2><p>{B}</p><p>雨具备好。</p><p>{C}</p><p>{D}</p>
<div class="share">分享到 微博 微信</div>
<div class="related-news"><h3>相关新闻</h3><ul><li><a>教育局介绍招生安排</a></li>
<li><a>地铁四号线通车</a></li></ul></div></div>
<div id="comments"><h3>网友评论</h3><p>{WORD}</p></div></div>
<div class="right sidebar"><h3>热点</h3><p>{SIDE}</p><ul><li><a>某某夺冠</a></li></ul></div></div>
<div class="footer">Copyright 江城日报社 版权所有</div></body></html>""",
        "降雨将至请注意",
        ("降雨将至请注意", A, "图为防汛队伍。", "山区雨大", B, "雨具备好。", C, D),
        ("首页", "招生安排", WORD, SIDE, "热点", "版权所有", "分享到"),
        ("山区雨大",),
    ),
    Page(
        "wechat",
        f"""<html><head><meta property="og:title" content="一场雨的准备"><title></title></head>
<body><div class="rich_media"><div id="img-content">
<h1 class="rich_media_title" id="activity-name">
一场雨的准备
</h1><div id="meta_content" class="rich_media_meta_list">
<span class="rich_media_meta rich_media_meta_text">张三</span>
<a id="js_name">江城发布</a><em id="publish_time">2024-05-06</em></div>
<div id="js_tags_preview_toast" style="display:none">预览时标签不可点</div>
<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">
<section><section><span>{A}</span></section><section><strong>01 山区</strong></section>
<p style="margin:0"><span>{B}</span></p><p><br></p><section><p>{C}</p></section>
<section class="mp_profile_iframe_wrp"><p>江城发布，关注城市大小事</p></section><p>{D}</p>
</section></div>
<div class="rich_media_tool"><a>阅读原文</a></div></div>
<div id="js_pc_qr_code" class="qr_code_pc_outer"><p>微信扫一扫<br>关注该公众号</p></div>
<script>var msg_title = '一场雨的准备'.html(false); var ct = "1714953600";
var nickname = htmlDecode("江城发布");</script></div></body></html>""",
        "一场雨的准备",
        ("一场雨的准备", A, "01 山区", B, C, D),
        ("预览时标签不可点", "阅读原文", "微信扫一扫", "关注该公众号", "关注城市大小事", "江城发布"),
    ),
    Page(
        "blog",
        f"""<html><head><title>雨天随笔 | 小王的博客</title></head><body class="single sidebar-right">
<header id="masthead"><h1 class="site-title"><a>小王的博客</a></h1><nav><a>关于</a></nav></header>
<main><article class="post hentry"><h2 class="entry-title">雨天随笔</h2>
<div class="entry-meta">作者 小王</div>
<div class="entry-content"><p>{A}</p><ul><li>雨伞</li><li>雨鞋</li></ul><h3>夜里</h3>
<blockquote><p>{B}</p><footer>——气象台</footer></blockquote><pre><code>下雨 = True
</code></pre><p>{C}<a href=x>链接文字</a></p></div>
<footer class="entry-footer"><a>标签：天气</a></footer>
<div class="sharedaddy"><h3 class="sd-title">分享此文：</h3></div></article>
<nav class="navigation post-navigation"><a>上一篇：晴天随笔</a></nav>
<div id="comments" class="comments-area"><ol class="comment-list"><li>
<article class="comment-body"><p>{WORD}{WORD}{WORD}{WORD}</p></article></li></ol></div></main>
<aside class="widget-area"><h2>最近文章</h2><ul><li><a>晴天随笔</a></li></ul></aside></body></html>""",
        "雨天随笔",
        (
            "雨天随笔", A, "雨伞", "雨鞋", "夜里", B, "——气象台", "下雨 = True", f"{C}链接文字",
        ),
        ("小王的博客", "关于", "标签：天气", "晴天随笔", WORD, "最近文章", "分享此文"),
        ("夜里",),
    ),
    Page(
        "taiwan",
        f"""<html lang="zh-TW"><head><meta property="og:title" content="豪雨將至 市府籲防範 | 生活">
<meta property="og:site_name" content="島嶼新聞"><title>豪雨將至 市府籲防範 | 生活 | 島嶼新聞</title>
</head><body><header><ul class="menu"><li><a>即時</a></li><li><a>政治</a></li></ul></header>
<article><header><h1>豪雨將至　市府籲防範</h1><time datetime="2024-05-06T08:00+08:00">2024/05/06</time>
</header><figure><img alt="豪雨示意圖"><figcaption>▲豪雨將至。（圖／氣象署）</figcaption></figure>
<p>{A}</p><p class="ad">廣告 請繼續往下閱讀</p><h2>▌山區注意</h2><p>{B}</p><p>{C}</p>
<div class="recommended"><p>延伸閱讀：</p><p><a>另一場大雨的故事</a></p></div><p>{D}</p></article>
<section class="hot-list"><h3>熱門新聞</h3><article><a><h3>明星結婚</h3></a><p>{SIDE}</p></article>
<article><a><h3>球隊奪冠</h3></a><p>{SIDE}</p></article></section></body></html>""",
        "豪雨將至 市府籲防範",
        (
            "豪雨將至 市府籲防範", "豪雨示意圖", "▲豪雨將至。（圖／氣象署）", A, "▌山區注意", B, C, D,
        ),
        ("即時", "廣告", "另一場大雨的故事", "明星結婚", SIDE),
        ("▌山區注意",),
    ),
    Page(
        "tables in GBK",
        f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>降雨将至--江城在线</title></head><body><table width=780><tr><td><a>首页</a>|<a>新闻</a>|<a>论坛</a>
</td></tr></table><table width=780><tr><td width=160><a>栏目一</a><br><a>栏目二</a></td><td>
<table><tr><td align=center><font size=5><b>降雨将至</b></font></td></tr>
<tr><td>　　{A}<br><br>　　{B}<br>　　{C}<br>　　{D}</td></tr>
</table></td></tr></table><table><tr><td>江城在线 版权所有</td></tr></table></body></html>""",
        "降雨将至",
        ("降雨将至", A, B, C, D),
        ("栏目一", "论坛", "版权所有"),
        encoding="gbk",
    ),
    Page(
        "amp",
        f"""<html amp><head><title>雨 - 江城网</title><script type="application/ld+json">
{{"@type":"NewsArticle","headline":"大雨将至全城戒备","author":{{"name":"李四"}},
"datePublished":"2024-05-06T01:00:00Z"}}</script></head><body><amp-sidebar><ul><li><a>菜单</a></li>
</ul></amp-sidebar><main role="main"><h1>大雨将至全城戒备</h1><p class="standfirst">{D}</p>
<div class="body"><p>{A}</p><amp-ad>广告</amp-ad><p>{B}</p><p>{C}</p></div></main>
<footer>关于我们</footer></body></html>""",
        "大雨将至全城戒备",
        ("大雨将至全城戒备", D, A, B, C),
        ("菜单", "广告", "关于我们"),
    ),
    Page(
        "JSON-LD and itemprop",
        f"""<html><head><script type="application/ld+json">[{{"@context":"x","@graph":[
{{"@type":"WebSite","name":"江城网"}},{{"@type":["Article"],"headline":"雨中的守护者"}}]}}]</script>
<title>雨中的守护者——江城网</title></head><body><div><a>登录</a></div>
<div class="head"><h1>雨中的守护者</h1><h2 class="subtitle">记一支防汛队伍</h2></div>
<div itemprop="articleBody"><p>{A}</p><table><tr><th>地点</th><th>雨量</th></tr>
<tr><td>东山</td><td>52毫米</td></tr></table><p>{B}</p></div>
<div class="x"><p>{SIDE}</p></div></body></html>""",
        "雨中的守护者",
        ("雨中的守护者", "记一支防汛队伍", A, "地点，雨量", "东山，52毫米", B),
        ("登录", SIDE),
        ("记一支防汛队伍",),
    ),
    Page(
        "only div and br",
        f"<html><head><title>雨夜</title></head><body><div><div>{A}<br>{B}<br><br>短。<br>{C}</div>"
        "<div><a>上一页</a> <a>下一页</a></div></div></body></html>",
        "雨夜",
        (A, B, "短。", C),
        ("上一页",),
    ),
    Page(
        "very short",
        "<nav>首页 | 新闻</nav><h1>网页标题</h1><p>第一段。</p><p>第二段。</p><footer>版权</footer>",
        "网页标题",
        ("网页标题", "第一段。", "第二段。"),
        ("首页", "版权"),
    ),
    Page(
        "short article",
        """<html><head><title>短文</title></head><body><article><h1>短文</h1><p>开头一段话。</p>
<figure><img alt="一张图"><figcaption>图说。</figcaption></figure><h2>小节</h2>
<p>文字<span style="display:none">看不见</span>继续。</p>
<table><tr><td>甲</td><td>乙</td></tr></table><ul><li>一项</li></ul>
<blockquote>引文。</blockquote><pre>代码</pre></article></body></html>""",
        "短文",
        (
            "短文", "开头一段话。", "一张图", "图说。", "小节", "文字继续。", "甲，乙", "一项", "引文。",
            "代码",
        ),
        ("看不见",),
        ("小节",),
    ),
    Page(
        "no article element",
        f"""<html><head><title>寻常的雨-江城新闻网</title></head><body><div id="hd"><a>首页</a><a>要闻</a></div>
<div id="c1"><div class="t"><h1>寻常的雨</h1></div><div class="b"><p>{A}</p><p>{B}</p><h3>夜雨</h3>
<p>{C}</p><p>{D}</p><p>（完）</p></div></div><div id="r"><h4>今日推荐</h4><ul><li><a>某地开通地铁的消息</a></li>
<li><a>另一个消息</a></li></ul></div></body></html>""",
        "寻常的雨",
        ("寻常的雨", A, B, "夜雨", C, D, "（完）"),
        ("要闻", "某地开通地铁的消息", "今日推荐"),
        ("夜雨",),
    ),
    Page(
        "gallery",
        f"""<html><head><meta property="og:title" content="雨中的城市"><title>雨中的城市_图片</title></head>
<body><main><h1>雨中的城市</h1><p>{A}</p><figure><img alt="行人撑伞"><figcaption>行人撑伞走过大桥。
</figcaption></figure><figure><img><figcaption>江水上涨。</figcaption></figure>
<figure><img><figcaption>队员夜间巡堤。</figcaption></figure></main>
<ul class="pagination"><li><a>1</a></li><li><a>2</a></li></ul></body></html>""",
        "雨中的城市",
        ("雨中的城市", A, "行人撑伞", "行人撑伞走过大桥。", "江水上涨。", "队员夜间巡堤。"),
        ("1", "2"),
    ),
    Page(
        "text in pieces",
        f"""<html><head><title>分段的雨 - 江城网</title></head><body><h1>分段的雨</h1>
<div class="c"><div class="article-body"><p>{A}</p></div><div class="ad">广告</div>
<div class="article-body"><p>{B}</p><p>{C}</p></div></div>
<div class="list"><article><h3>别的</h3><p>{SIDE}</p></article></div></body></html>""",
        "分段的雨",
        ("分段的雨", A, B, C),
        ("广告", "别的", SIDE),
    ),
    Page(
        "names that mislead",
        f"""<html><head><title>评论：雨后的思考</title></head><body class="comment-page">
<div class="sidebar-layout related-wrap"><h1>评论：雨后的思考</h1><p>{A}</p><p>{B}</p>
<p class="ad-free">{C}</p><p class="social">社会各界都在关心这场雨，志愿者也来了。</p></div>
<div class="navbar"><a>首页</a></div></body></html>""",
        "评论：雨后的思考",
        ("评论：雨后的思考", A, B, C, "社会各界都在关心这场雨，志愿者也来了。"),
        ("首页",),
    ),
    Page(
        "form around all",
        f"""<html><head><title>关于防汛工作的通知_江城市人民政府</title></head><body><form id="aspnetForm">
<div class="nav"><a>政务公开</a><a>办事服务</a></div><div id="zoom"><p align=center><b>关于防汛工作的通知</b></p>
<p>各区人民政府：</p><p>一、{A}</p><p>二、{B}</p><p align=right>江城市人民政府</p>
<p align=right>2024年5月6日</p><p>附件：<a href=a.doc>防汛名单</a></p></div>
<div class="print"><a>打印</a><a>关闭</a></div></form></body></html>""",
        "关于防汛工作的通知",
        (
            "关于防汛工作的通知", "各区人民政府：", f"一、{A}", f"二、{B}", "江城市人民政府",
            "2024年5月6日", "附件：防汛名单",
        ),
        ("政务公开", "打印"),
    ),
)  # fmt: skip
