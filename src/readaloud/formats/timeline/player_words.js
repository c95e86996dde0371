// What the player says of itself, in the language of the page.
const WORDS = {
  "zh-Hans": {
    player: "听本文", play: "播放", pause: "暂停", back: "上一句", forward: "下一句",
    rewind: "后退15秒", ahead: "前进15秒", place: "进度", speed: "语速", times: "倍",
    more: "设置", sleep: "定时停止", off: "关", minutes: "分钟后", chapter: "本章结束时",
    slept: "已定时停止。", follow: "页面跟随朗读滚动", made: "由合成语音朗读。", failed: "朗读暂时无法播放。",
  },
  "zh-Hant": {
    player: "聽本文", play: "播放", pause: "暫停", back: "上一句", forward: "下一句",
    rewind: "倒退15秒", ahead: "前進15秒", place: "進度", speed: "語速", times: "倍",
    more: "設定", sleep: "定時停止", off: "關", minutes: "分鐘後", chapter: "本章結束時",
    slept: "已定時停止。", follow: "頁面跟隨朗讀捲動", made: "由合成語音朗讀。", failed: "朗讀暫時無法播放。",
  },
  en: {
    player: "Listen to this article", play: "Play", pause: "Pause", back: "Previous sentence",
    forward: "Next sentence", rewind: "Back 15 seconds", ahead: "Forward 15 seconds",
    place: "Position", speed: "Speed", times: "×", more: "Settings", sleep: "Sleep timer",
    off: "Off", minutes: "minutes", chapter: "End of chapter", slept: "Stopped by the timer.",
    follow: "Scroll the page with the voice", made: "Read by a synthetic voice.",
    failed: "The audio can't be played at the moment.",
  },
};

/** The words for a language tag: Traditional where it says so, English where it is not Chinese. */
function wordsFor(tag) {
  if (!/^zh\b/i.test(tag)) return WORDS.en;
  return WORDS[/hant|tw|hk|mo/i.test(tag) ? "zh-Hant" : "zh-Hans"];
}
