const byId = (id) => document.getElementById(id);
const root = document.documentElement;
const audio = document.querySelector("audio");
const sentences = [...document.querySelectorAll(".s")];
const starts = sentences.map((one) => Number(one.dataset.start));
const chapters = [...document.querySelectorAll(".chapter")];
const chapterStarts = chapters.map((one) => Number(one.dataset.start));
const links = [...document.querySelectorAll("nav a")];
const speed = byId("speed");
const sleep = byId("sleep");
const looks = [...document.querySelectorAll(".look")];
const options = document.querySelector(".options");
const player = document.querySelector(".player");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const playback = new Playback(audio, starts, chapterStarts, update);
const HANDS_OFF_MS = 6000;
let current = -1;
let chapter = -1;
let word = -1;
let words = [];
let wordStarts = [];
let scrolledAt = -HANDS_OFF_MS;

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
  wordStarts = words.map((pair) => pair[1]);
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
  if (!audio.paused) takeKeys();
}

function takeKeys() {
  const title = links[chapter] ? links[chapter].textContent : document.title;
  playback.takeMediaKeys(title, document.title, document.body.dataset.by);
}

function update() {
  const time = playback.now;
  const begun = audio.currentTime > 0 || !audio.paused;
  const index = begun ? lastBefore(starts, time) : -1;
  if (index !== current) enter(index);
  const part = lastBefore(chapterStarts, time);
  if (part !== chapter) enterChapter(part);
  const spoken = lastBefore(wordStarts, time);
  if (spoken !== word) {
    word = spoken;
    showWord();
  }
  // In each frame: a text that is set anew is laid out anew, though it is the same.
  const shown = clock(audio.currentTime);
  if (byId("time").textContent !== shown) byId("time").textContent = shown;
  if (playback.sleepIfDue()) {
    sleep.value = "";
    say(sleep.dataset.done);
  }
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

/** For people who hear the page, and for those who look at its settings. */
function say(text) {
  byId("said").textContent = text;
}

/** A move that was asked for shows where it led, even just after scrolling by hand. */
function move(how) {
  scrolledAt = -HANDS_OFF_MS;
  how();
}

const seek = (ms) => move(() => playback.seek(ms));
const skip = (ms) => move(() => playback.skip(ms));
const step = (times, direction) => move(() => playback.step(times, direction));

/** One sentence at a time is a stop of the Tab key; arrows go on from it. */
function stop(sentence) {
  for (const other of document.querySelectorAll('.s[tabindex="0"]')) other.tabIndex = -1;
  sentence.tabIndex = 0;
}

function playFrom(sentence) {
  seek(Number(sentence.dataset.start));
  playback.play();
}

function changeSpeed(by) {
  const index = speed.selectedIndex + by;
  if (index < 0 || index >= speed.options.length) return;
  speed.selectedIndex = index;
  setSpeed();
}

function setSpeed() {
  playback.setSpeed(speed.value);
  remember();
}

/** What is chosen stands on the root, where the styles look for it; the first choice is none. */
function setLook(list) {
  if (list.selectedIndex === 0) delete root.dataset[list.id];
  else root.dataset[list.id] = list.value;
  remember();
}

/** The time that an address names, in ms: #t=95.5, #t=1:35; https://www.w3.org/TR/media-frags/. */
function addressed() {
  const told = /^#t=(?:npt:)?(\d[\d:.]{0,20})$/.exec(location.hash);
  return told ? 1000 * told[1].split(":").reduce((sum, part) => sum * 60 + Number(part), 0) : NaN;
}

/** It is shown too: not every browser lets a page copy, and not every person believes it. */
async function copyAddress() {
  const address = new URL(location.href);
  address.hash = `t=${current < 0 ? 0 : starts[current] / 1000}`;
  const field = byId("address");
  field.value = address.href;
  field.hidden = false;
  try {
    await navigator.clipboard.writeText(address.href);
    say(byId("copy").dataset.done);
  } catch {
    say("");
    field.focus();
    field.select();
  }
}

const SETTINGS = "readaloud:settings";
const place = `readaloud:${document.body.dataset.key}`;
let restored = false;

/** Storage may be full, forbidden or absent; the page then forgets, and works. */
function remember() {
  if (!restored) return;
  const chosen = Object.fromEntries([speed, ...looks].map((list) => [list.id, list.value]));
  try {
    localStorage.setItem(place, JSON.stringify({ at: audio.ended ? 0 : audio.currentTime }));
    localStorage.setItem(SETTINGS, JSON.stringify(chosen));
  } catch { /* see above */ }
}

function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(name)) || {};
  } catch {
    return {};
  }
}

function recall() {
  const chosen = kept(SETTINGS);
  for (const list of [speed, ...looks]) {
    if ([...list.options].some((one) => one.value === chosen[list.id])) list.value = chosen[list.id];
  }
  setSpeed();
  looks.forEach(setLook);
  const asked = addressed();
  const at = Number.isFinite(asked) ? asked : kept(place).at * 1000;
  if (at > 0) seek(at);
  restored = true;
}

const SHORTCUTS = {
  " ": () => playback.toggle(),
  ArrowLeft: () => step(starts, -1),
  ArrowRight: () => step(starts, 1),
  "Ctrl+ArrowLeft": () => skip(-SKIP_MS),
  "Ctrl+ArrowRight": () => skip(SKIP_MS),
  "Shift+ArrowLeft": () => step(chapterStarts, -1),
  "Shift+ArrowRight": () => step(chapterStarts, 1),
  "Shift+ArrowUp": () => changeSpeed(1),
  "Shift+ArrowDown": () => changeSpeed(-1),
};
const OWN_KEYS = "input, select, textarea, audio, [contenteditable]";
const OWN_SPACE = "button, a, summary, [role=button]";

function onKey(event) {
  if (event.altKey || event.metaKey || event.isComposing) return;
  if (event.key === "Escape" && options.open) {
    options.open = false;
    options.querySelector("summary").focus();
  }
  const name = (event.ctrlKey ? "Ctrl+" : "") + (event.shiftKey ? "Shift+" : "") + event.key;
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

function onAddress() {
  const asked = addressed();
  if (Number.isFinite(asked)) seek(asked);
}

const BUTTONS = {
  play: () => playback.toggle(),
  previous: () => step(chapterStarts, -1),
  back: () => step(starts, -1),
  rewind: () => skip(-SKIP_MS),
  ahead: () => skip(SKIP_MS),
  forward: () => step(starts, 1),
  next: () => step(chapterStarts, 1),
  copy: copyAddress,
};

for (const sentence of sentences) {
  sentence.setAttribute("role", "button");
  sentence.tabIndex = -1;
  sentence.addEventListener("focus", () => stop(sentence));
}
if (sentences.length) stop(sentences[0]);
audio.controls = false;
audio.hidden = true;
for (const part of document.querySelectorAll(".player, .keys")) part.hidden = false;

// An edition of one chapter has no buttons for others.
for (const [id, action] of Object.entries(BUTTONS)) byId(id)?.addEventListener("click", action);
speed.addEventListener("change", setSpeed);
for (const list of looks) list.addEventListener("change", () => setLook(list));
sleep.addEventListener("change", () => playback.sleepAfter(sleep.value));
document.addEventListener("click", onClick);
document.addEventListener("keydown", onSentenceKey);
document.addEventListener("keydown", onKey);
for (const kind of ["wheel", "touchmove"]) {
  addEventListener(kind, () => { scrolledAt = performance.now(); }, { passive: true });
}
audio.addEventListener("play", () => { showState(); takeKeys(); follow(); });
for (const kind of ["pause", "ended"]) {
  audio.addEventListener(kind, () => { showState(); remember(); });
}
for (const kind of ["timeupdate", "seeked"]) audio.addEventListener(kind, update);
options.addEventListener("toggle", () => say(""));
addEventListener("hashchange", onAddress);
addEventListener("pagehide", remember);
recall();
update();
