"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const audio = document.querySelector("audio");
  const sentences = [...document.querySelectorAll(".s")];
  const starts = sentences.map((one) => Number(one.dataset.start));
  const chapters = [...document.querySelectorAll(".chapter")];
  const chapterStarts = chapters.map((one) => Number(one.dataset.start));
  const links = [...document.querySelectorAll("nav a")];
  const speed = byId("speed");
  const theme = byId("theme");
  const player = document.querySelector(".player");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  // Times are whole milliseconds and a seek may land a fraction before the one asked for.
  const SLACK_MS = 5;
  const HANDS_OFF_MS = 6000;
  // A chapter or sentence that began longer ago than this is begun again before going further back.
  const AGAIN_MS = 2000;
  let current = -1;
  let chapter = -1;
  let word = -1;
  let words = [];
  let scrolledAt = -HANDS_OFF_MS;

  /** The last of the rising times that is not after `time`; -1 before the first. */
  function lastBefore(times, time) {
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle] <= time) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  const now = () => audio.currentTime * 1000 + SLACK_MS;

  function keepInView(sentence) {
    if (performance.now() - scrolledAt < HANDS_OFF_MS) return;
    const fixed = getComputedStyle(player).position === "fixed" ? player.offsetHeight : 0;
    const box = sentence.getBoundingClientRect();
    if (box.top >= 0 && box.bottom <= innerHeight - fixed) return;
    const room = (innerHeight - fixed) / 3;
    scrollTo({ top: scrollY + box.top - room, behavior: calm.matches ? "instant" : "smooth" });
  }

  /** Pairs of a word's first character and its time, as the page has them. */
  function wordsOf(sentence) {
    const numbers = (sentence.dataset.words || "").trim().split(" ").map(Number);
    const pairs = [];
    for (let i = 0; i + 1 < numbers.length; i += 2) pairs.push([numbers[i], numbers[i + 1]]);
    return pairs;
  }

  function enter(index) {
    if (current >= 0) {
      sentences[current].classList.remove("now");
      sentences[current].removeAttribute("aria-current");
    }
    current = index;
    word = -1;
    words = index < 0 ? [] : wordsOf(sentences[index]);
    showWord();
    if (index < 0) return;
    sentences[index].classList.add("now");
    sentences[index].setAttribute("aria-current", "true");
    if (!sentences.includes(document.activeElement)) stop(sentences[index]);
    keepInView(sentences[index]);
    remember();
  }

  /** The piece of text that a character of a sentence stands in, and its place there. */
  function placeIn(sentence, at) {
    const pieces = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT);
    let piece = pieces.nextNode();
    while (at > piece.length) {
      at -= piece.length;
      piece = pieces.nextNode();
    }
    return [piece, at];
  }

  /** Browsers without the Custom Highlight API show the sentence alone. */
  function showWord() {
    if (!window.Highlight || !CSS.highlights) return;
    CSS.highlights.delete("spoken-word");
    if (word < 0) return;
    const sentence = sentences[current];
    const range = new Range();
    range.setStart(...placeIn(sentence, words[word][0]));
    const end = word + 1 < words.length ? words[word + 1][0] : sentence.textContent.length;
    range.setEnd(...placeIn(sentence, end));
    CSS.highlights.set("spoken-word", new Highlight(range));
  }

  function enterChapter(index) {
    chapter = index;
    links.forEach((link, i) => {
      if (i === index) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
  }

  function update() {
    const time = now();
    const begun = audio.currentTime > 0 || !audio.paused;
    const index = begun ? lastBefore(starts, time) : -1;
    if (index !== current) enter(index);
    const part = lastBefore(chapterStarts, time);
    if (part !== chapter) enterChapter(part);
    const spoken = lastBefore(words.map((pair) => pair[1]), time);
    if (spoken !== word) {
      word = spoken;
      showWord();
    }
    byId("time").textContent = clock(audio.currentTime);
  }

  function clock(seconds) {
    const two = (number) => String(Math.floor(number)).padStart(2, "0");
    const rest = `${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
    return seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${rest}` : rest.replace(/^0/, "");
  }

  function follow() {
    update();
    if (!audio.paused) requestAnimationFrame(follow);
  }

  function showState() {
    document.body.classList.toggle("playing", !audio.paused);
    const label = audio.paused ? "play" : "pause";
    byId("play").querySelector("span").textContent = byId("play").dataset[label];
  }

  const toggle = () => (audio.paused ? play() : audio.pause());
  // A refusal (no file, no permission to sound) leaves the page paused, as the button says.
  const play = () => audio.play().catch(showState);

  function seek(ms) {
    scrolledAt = -HANDS_OFF_MS;
    audio.currentTime = Math.max(0, ms) / 1000;
    update();
  }

  function step(times, direction) {
    const index = lastBefore(times, now());
    const begun = index >= 0 && now() - times[index] > AGAIN_MS;
    const to = direction < 0 && begun ? index : index + direction;
    if (to < times.length) seek(to < 0 ? 0 : times[to]);
  }

  /** One sentence at a time is a stop of the Tab key; arrows go on from it. */
  function stop(sentence) {
    for (const other of document.querySelectorAll('.s[tabindex="0"]')) other.tabIndex = -1;
    sentence.tabIndex = 0;
  }

  function playFrom(sentence) {
    seek(Number(sentence.dataset.start));
    play();
  }

  function changeSpeed(by) {
    const index = speed.selectedIndex + by;
    if (index < 0 || index >= speed.options.length) return;
    speed.selectedIndex = index;
    setSpeed();
  }

  function setSpeed() {
    audio.defaultPlaybackRate = audio.playbackRate = Number(speed.value);
    remember();
  }

  function setTheme() {
    if (theme.value === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme.value;
    remember();
  }

  const place = `readaloud:${document.body.dataset.key}`;
  let restored = false;

  /** Storage may be full, forbidden or absent; the page then forgets, and works. */
  function remember() {
    if (!restored) return;
    try {
      const at = audio.ended ? 0 : audio.currentTime;
      localStorage.setItem(place, JSON.stringify({ at, speed: speed.value, theme: theme.value }));
    } catch { /* see above */ }
  }

  function recall() {
    let kept = {};
    try {
      kept = JSON.parse(localStorage.getItem(place)) || {};
    } catch { /* see above */ }
    const choices = (list) => [...list.options].map((option) => option.value);
    if (choices(speed).includes(kept.speed)) speed.value = kept.speed;
    if (choices(theme).includes(kept.theme)) theme.value = kept.theme;
    setSpeed();
    setTheme();
    if (Number.isFinite(kept.at) && kept.at > 0) seek(kept.at * 1000);
    restored = true;
  }

  const SHORTCUTS = {
    " ": toggle,
    ArrowLeft: () => step(starts, -1),
    ArrowRight: () => step(starts, 1),
    "Shift+ArrowLeft": () => step(chapterStarts, -1),
    "Shift+ArrowRight": () => step(chapterStarts, 1),
    "Shift+ArrowUp": () => changeSpeed(1),
    "Shift+ArrowDown": () => changeSpeed(-1),
  };
  const OWN_KEYS = "input, select, textarea, audio, [contenteditable]";
  const OWN_SPACE = "button, a, summary, [role=button]";

  function onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const name = (event.shiftKey ? "Shift+" : "") + event.key;
    const action = SHORTCUTS[name];
    if (!action || event.defaultPrevented || event.target.closest(OWN_KEYS)) return;
    if (name === " " && event.target.closest(OWN_SPACE)) return;
    // Shift and an arrow widen a selection, where there is one.
    if (event.shiftKey && !getSelection().isCollapsed) return;
    event.preventDefault();
    action();
  }

  function onSentenceKey(event) {
    const index = sentences.indexOf(event.target);
    if (index < 0 || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    const to = { ArrowUp: index - 1, ArrowDown: index + 1 }[event.key];
    if (event.key === "Enter" || event.key === " ") playFrom(event.target);
    else if (to === undefined) return;
    else if (sentences[to]) sentences[to].focus();
    event.preventDefault();
  }

  function onClick(event) {
    const sentence = event.target.closest(".s");
    if (sentence && getSelection().isCollapsed) playFrom(sentence);
    const link = event.target.closest("nav a");
    if (link) seek(chapterStarts[links.indexOf(link)]);
  }

  for (const sentence of sentences) {
    sentence.setAttribute("role", "button");
    sentence.tabIndex = -1;
    sentence.addEventListener("focus", () => stop(sentence));
  }
  if (sentences.length) stop(sentences[0]);
  audio.controls = false;
  audio.hidden = true;
  for (const part of document.querySelectorAll(".player, .theme, .keys")) part.hidden = false;

  byId("play").addEventListener("click", toggle);
  byId("back").addEventListener("click", () => step(starts, -1));
  byId("forward").addEventListener("click", () => step(starts, 1));
  byId("previous").addEventListener("click", () => step(chapterStarts, -1));
  byId("next").addEventListener("click", () => step(chapterStarts, 1));
  speed.addEventListener("change", setSpeed);
  theme.addEventListener("change", setTheme);
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onSentenceKey);
  document.addEventListener("keydown", onKey);
  for (const kind of ["wheel", "touchmove"]) {
    addEventListener(kind, () => { scrolledAt = performance.now(); }, { passive: true });
  }
  audio.addEventListener("play", () => { showState(); follow(); });
  for (const kind of ["pause", "ended"]) {
    audio.addEventListener(kind, () => { showState(); remember(); });
  }
  for (const kind of ["timeupdate", "seeked"]) audio.addEventListener(kind, update);
  addEventListener("pagehide", remember);
  recall();
  update();
})();
