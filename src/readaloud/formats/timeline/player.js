// <readaloud-player src="news.timeline.json" for="#story">: plays an edition on somebody's own page
// and marks the page's sentence and paragraph while they are spoken.

const SPEEDS = ["0.5", "0.75", "1", "1.25", "1.5", "1.75", "2", "2.5", "3"];
const MINUTES = [15, 30, 45, 60, 90];
const MARK = "readaloud-sentence";
const BLOCK = "data-readaloud-spoken";
const AGAIN_AFTER_MS = 3000;
const KEPT = "readaloud-player";

/** On the page: by properties that it may set, and in colours that can be read on any ground. */
const PAGE_STYLE = `
::highlight(${MARK}) { background-color: var(--readaloud-mark, #ffe28a); color: var(--readaloud-ink, #1d1f22); }
[${BLOCK}] { outline: var(--readaloud-outline, 2px solid); outline-offset: 0.4em; border-radius: 0.2em; }
@media (forced-colors: active) {
  ::highlight(${MARK}) { background-color: Highlight; color: HighlightText; }
}
@media print { [${BLOCK}] { outline: none; } }`;
/** The player takes the page's own font and colours. */
const OWN_STYLE = `
:host { display: block; margin-block: 1em; line-height: 1.5; }
:host([hidden]), [hidden] { display: none; }
section { border: 1px solid; border-radius: 0.5em; padding: 0.6em; }
.row { display: flex; flex-wrap: wrap; gap: 0.4em; align-items: center; }
.row + .row, details, p { margin: 0.4em 0 0; }
button, select, summary { min-height: 2.75rem; min-width: 2.75rem; font: inherit; color: inherit; }
button, select { background: transparent; border: 1px solid; border-radius: 0.4em; padding: 0.3em 0.7em; cursor: pointer; }
option { color: CanvasText; background: Canvas; }
button.play { font-weight: bold; border-width: 2px; }
summary { display: list-item; list-style-position: inside; padding-block: 0.6em; box-sizing: border-box; cursor: pointer; }
input[type=range] { flex: 1 1 8em; min-width: 6em; height: 2.75rem; accent-color: currentcolor; }
input[type=checkbox] { width: 1.5rem; height: 1.5rem; accent-color: currentcolor; }
label { display: inline-flex; gap: 0.4em; align-items: center; min-height: 2.75rem; }
.time { font-variant-numeric: tabular-nums; }
.made { font-size: 0.9em; }
:focus-visible { outline: 3px solid; outline-offset: 2px; }
@media print { :host { display: none; } }`;

/** A sheet that a page's policy allows, since it comes from a script that the policy allows. */
function sheet(text) {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

function make(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Where a file may lie: on the web, or beside a page on disk. */
function addressOf(name, base) {
  const url = new URL(name, base);
  if (!/^(https?|file|blob):$/.test(url.protocol)) throw new Error(`${url.protocol} is not played`);
  return url.href;
}

/** The edition behind an address; it throws where that is none. */
async function fetchTimeline(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const told = await answer.json();
  if (!String(told.version).startsWith("1.")) throw new Error(`${address} is no timeline`);
  const sentences = told.paragraphs.flatMap((paragraph) => paragraph.sentences);
  const isTimed = (one) => one.start_ms >= 0 && typeof one.text === "string";
  if (!sentences.length || !sentences.every(isTimed)) {
    throw new Error(`${address} has no sentences`);
  }
  return { ...told, sentences };
}

/** Storage may be full, forbidden or absent; the player then forgets, and works. */
function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) || {};
  } catch {
    return {};
  }
}

let pageStyled = false;
let playing = null;

class ReadaloudPlayer extends HTMLElement {
  static observedAttributes = ["src"];
  #root = this.attachShadow({ mode: "open" });
  #audio = new Audio();
  #playback = null;
  #loads = 0;
  #places = [];
  #matchedAt = -Infinity;
  #current = -1;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet(OWN_STYLE)];
    this.#root.append(make("slot"));
    this.#audio.preload = "none";
    const on = (kind, action) => this.#audio.addEventListener(kind, action);
    for (const kind of ["pause", "ended"]) on(kind, () => this.#rest());
    for (const kind of ["timeupdate", "seeked"]) on(kind, () => this.#update());
    on("play", () => this.#begin());
    on("error", () => this.#fail());
  }

  connectedCallback() {
    this.#load();
  }

  disconnectedCallback() {
    this.#loads += 1;
    this.#audio.pause();
    this.#mark(-1);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#load();
  }

  play() {
    this.#playback?.play();
  }

  pause() {
    this.#audio.pause();
  }

  async #load() {
    this.#loads += 1;
    const load = this.#loads;
    this.pause();
    this.#mark(-1);
    this.#playback = null;
    if (!this.getAttribute("src")) return;
    try {
      const address = addressOf(this.getAttribute("src"), document.baseURI);
      const told = await fetchTimeline(address);
      if (load === this.#loads) this.#show(told, address);
    } catch (error) {
      if (load !== this.#loads) return;
      console.warn(`readaloud-player: ${error.message}`);
      this.#fail();
    }
  }

  /** What the page has inside the element is there until the player can play, and if it can't. */
  #fail() {
    this.#mark(-1);
    const { failed } = wordsFor(this.#language(""));
    const told = this.textContent.trim() ? [] : [make("p", { textContent: failed })];
    this.#root.replaceChildren(make("slot"), ...told);
    this.#playback = null;
  }

  #language(own) {
    return this.closest("[lang]")?.lang || own;
  }

  #show(told, address) {
    const { sentences } = told;
    const source = told.audio.find((one) => this.#audio.canPlayType(one.type)) || told.audio[0];
    this.#audio.src = addressOf(source.src, address);
    this.told = told;
    this.address = address;
    this.starts = sentences.map((one) => one.start_ms);
    this.#playback = new Playback(
      this.#audio, this.starts, told.chapters.map((one) => one.start_ms), () => this.#update(),
    );
    this.#places = [];
    this.#matchedAt = -Infinity;
    this.#build(wordsFor(this.#language(told.language)), told);
    const { speed, places } = kept();
    if (SPEEDS.includes(speed)) this.parts.speed.value = speed;
    this.#playback.setSpeed(this.parts.speed.value);
    const at = places?.[address];
    if (at > 0) this.#playback.seek(at);
    this.#update();
  }

  #build(words, told) {
    const back = this.#playback;
    const button = (name, action) => {
      const made = make("button", { type: "button", textContent: words[name], className: name });
      made.addEventListener("click", action);
      return made;
    };
    const list = (name, values, chosen) => {
      const options = values.map(([value, text]) => new Option(text, value));
      return Object.assign(make("select", { name }, ...options), { value: chosen });
    };
    const length = Math.ceil(told.duration_ms / 1000);
    const parts = {
      play: button("play", () => back.toggle()),
      place: make("input", { type: "range", min: 0, max: length, ariaLabel: words.place }),
      time: make("span", { className: "time" }),
      speed: list("speed", SPEEDS.map((one) => [one, `${one} ${words.times}`]), "1"),
      sleep: list("sleep", [
        ["", words.off], ...MINUTES.map((one) => [String(one), `${one} ${words.minutes}`]),
        ...(told.chapters.length > 1 ? [["chapter", words.chapter]] : []),
      ], ""),
      follow: make("input", { type: "checkbox", checked: true }),
      said: make("p", { role: "status" }),
    };
    Object.assign(this, { words, parts });
    parts.place.addEventListener("input", () => back.seek(parts.place.value * 1000));
    parts.speed.addEventListener("change", () => {
      back.setSpeed(parts.speed.value);
      this.#remember();
    });
    parts.sleep.addEventListener("change", () => {
      back.sleepAfter(parts.sleep.value);
      parts.said.textContent = "";
    });
    const row = (...inside) => make("div", { className: "row" }, ...inside);
    this.#root.replaceChildren(
      make("section", { ariaLabel: `${words.player} ${told.title}` },
        row(
          parts.play,
          button("rewind", () => back.skip(-SKIP_MS)),
          button("back", () => back.step(this.starts, -1)),
          button("forward", () => back.step(this.starts, 1)),
          button("ahead", () => back.skip(SKIP_MS)),
        ),
        row(parts.place, parts.time, make("label", {}, words.speed, parts.speed)),
        make("details", {}, make("summary", { textContent: words.more }), row(
          make("label", {}, words.sleep, parts.sleep),
          make("label", {}, parts.follow, words.follow),
        )),
        make("p", { className: "made", textContent: words.made }),
        parts.said,
      ),
    );
  }

  #begin() {
    if (playing && playing !== this) playing.pause();
    playing = this;
    this.parts.play.textContent = this.words.pause;
    this.#playback.takeMediaKeys(this.told.title, location.hostname, this.told.byline || "");
    const follow = () => {
      this.#update();
      if (!this.#audio.paused) requestAnimationFrame(follow);
    };
    follow();
  }

  #rest() {
    if (!this.#playback) return;
    this.parts.play.textContent = this.words.play;
    if (this.#audio.ended) this.#mark(-1);
    this.#remember();
  }

  #remember() {
    const { places = {} } = kept();
    const at = this.#audio.ended ? 0 : this.#audio.currentTime * 1000;
    // The last hundred articles; what was heard first goes first.
    delete places[this.address];
    const last = Object.entries({ ...places, [this.address]: at }).slice(-100);
    try {
      const told = { speed: this.parts.speed.value, places: Object.fromEntries(last) };
      localStorage.setItem(KEPT, JSON.stringify(told));
    } catch { /* see above */ }
  }

  #update() {
    if (!this.#playback || !this.isConnected) return;
    const { place, time } = this.parts;
    const seconds = this.#audio.currentTime;
    const shown = `${clock(seconds)} / ${clock(this.told.duration_ms / 1000)}`;
    place.value = seconds;
    // In each frame: a text that is set anew is laid out anew, though it is the same.
    if (time.textContent !== shown) {
      place.setAttribute("aria-valuetext", shown);
      time.textContent = shown;
    }
    const begun = seconds > 0 || !this.#audio.paused;
    const index = begun && !this.#audio.ended ? lastBefore(this.starts, this.#playback.now) : -1;
    if (index !== this.#current && (playing === this || index < 0)) this.#mark(index);
    if (this.#playback.sleepIfDue()) {
      this.parts.sleep.value = "";
      this.parts.said.textContent = this.words.slept;
    }
  }

  /** The part of the page that is searched: the one that it names, or the article around it. */
  #article() {
    const named = this.getAttribute("for");
    try {
      if (named) return document.querySelector(named);
    } catch {
      return null;
    }
    return this.closest("article") || document.querySelector("main") || document.body;
  }

  /** Where the page has a sentence now; it is searched again where it has changed since. */
  #placeOf(index) {
    const stands = () => this.#places[index] && isThere(this.#places[index]);
    if (!stands() && performance.now() - this.#matchedAt > AGAIN_AFTER_MS) {
      const article = this.#article();
      this.#places = article ? match(article, this.told.paragraphs) : [];
      this.#matchedAt = performance.now();
    }
    return stands() ? this.#places[index] : null;
  }

  #mark(index) {
    const before = this.#places[this.#current];
    const wasInView = before && inView(before.range);
    if (before || playing === this) CSS.highlights?.delete(MARK);
    before?.element.removeAttribute(BLOCK);
    this.#current = index;
    const place = index < 0 ? null : this.#placeOf(index);
    if (!place) return;
    stylePage();
    if (window.Highlight && CSS.highlights) CSS.highlights.set(MARK, new Highlight(place.range));
    if (isParagraph(place.element)) place.element.setAttribute(BLOCK, "");
    // The page moves only for a reader who has been reading along.
    if (wasInView && this.parts.follow.checked && !inView(place.range)) scrollTo(place.range);
  }
}

/** Not what holds other blocks: a whole article would be marked. */
function isParagraph(element) {
  return !element.querySelector("p, li, div, section, h1, h2, h3, h4, h5, h6, blockquote, table");
}

function stylePage() {
  if (pageStyled) return;
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet(PAGE_STYLE)];
  pageStyled = true;
}

function inView(range) {
  const box = range.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight && box.height > 0;
}

function scrollTo(range) {
  const box = range.getBoundingClientRect();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  window.scrollBy({ top: box.top - innerHeight / 3, behavior: calm ? "instant" : "smooth" });
}

if (!customElements.get("readaloud-player")) {
  customElements.define("readaloud-player", ReadaloudPlayer);
}
