// Where the sentences of an edition stand in a page that is not ours. The page is not changed.
//
// Text is compared by its letters, digits and the signs of numbers: spaces, quotation marks and stops
// differ from page to page. A sentence that the page has in other words, or in several places that
// can't be told apart, stands nowhere: better no mark than one at the wrong place.

const NOT_READ = "script, style, noscript, template, textarea, select, button, nav, aside, input, " +
  "svg, audio, video, iframe, object, rt, rp, [hidden], [aria-hidden=true], readaloud-player";
const LETTER = /[\p{L}\p{N}]/u;
const DIGIT = /\p{N}/u;
const JOINT = ".,:/~-";
const SIGN = "%‰°$¥€£+";
const DASH = /[‐-―−]/u;
// A sentence of that length stands for itself; a shorter one needs its neighbour right beside it, or
// another of its paragraph in the same block, or to be a heading in the edition and on the page.
const LONG = 20;
const HEADS = /^(title|heading)$/;
const MOST_PLACES = 8;

/** The characters of a text that are compared: each with its first and last place in the text. */
function* letters(text) {
  const signs = [...text];
  let at = 0;
  let before = "";
  for (const [number, sign] of signs.entries()) {
    for (const one of sign.normalize("NFKD").toLowerCase().replace(DASH, "-")) {
      const after = signs[number + 1] || "";
      const joins = JOINT.includes(one) && DIGIT.test(after) && (one === "-" || DIGIT.test(before));
      if (LETTER.test(one) || SIGN.includes(one) || joins) yield [one, at, at + sign.length];
    }
    before = sign;
    at += sign.length;
  }
}

function plain(text) {
  return Array.from(letters(text), ([one]) => one).join("");
}

/** The text of a page's part, as it is compared, and where each character of it stands. */
class PageText {
  constructor(root) {
    this.text = "";
    this.places = [];
    this.blocks = [];
    this.breaks = new Set([0]);
    this.#read(root, { element: root });
    this.breaks.add(this.text.length);
  }

  #read(node, block) {
    if (node.nodeType === Node.TEXT_NODE) this.#add(node, block);
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(NOT_READ)) return;
    const shown = getComputedStyle(node);
    if (shown.display === "none" || shown.visibility === "hidden") return;
    const stands = !/^(inline|ruby|contents)/.test(shown.display);
    if (stands || node.matches("br, sup, sub")) this.breaks.add(this.text.length);
    const own = stands ? { element: node } : block;
    for (const child of node.childNodes) this.#read(child, own);
    if (stands || node.matches("sup, sub")) this.breaks.add(this.text.length);
  }

  #add(node, block) {
    let end = 0;
    for (const [one, from, to] of letters(node.data)) {
      if (from > end || !LETTER.test(one)) this.breaks.add(this.text.length);
      this.text += one;
      for (let i = 0; i < one.length; i += 1) {
        this.places.push([node, from, to]);
        this.blocks.push(block);
      }
      if (!LETTER.test(one)) this.breaks.add(this.text.length);
      end = to;
    }
    if (end < node.length) this.breaks.add(this.text.length);
  }

  /** Whether a piece is a whole one: between signs or ends of blocks, and inside one block. */
  holds(at, length) {
    const end = at + length;
    return this.breaks.has(at) && this.breaks.has(end) && this.blocks[at] === this.blocks[end - 1];
  }

  /** Where a text stands, as far as it stands in a few places only. */
  find(text) {
    const found = [];
    for (let at = this.text.indexOf(text); at >= 0; at = this.text.indexOf(text, at + 1)) {
      if (this.holds(at, text.length)) found.push(at);
      if (found.length > MOST_PLACES) return [];
    }
    return found;
  }

  range(at, length) {
    const [first, from] = this.places[at];
    const [last, , to] = this.places[at + length - 1];
    const range = new Range();
    // Marks that open or close the sentence belong to it.
    range.setStart(first, from - /[\p{Ps}\p{Pi}]*$/u.exec(first.data.slice(0, from))[0].length);
    range.setEnd(last, to + /^[\p{Pe}\p{Pf}\p{Po}]*/u.exec(last.data.slice(to))[0].length);
    return range;
  }
}

/** For each sentence its place in the page's text, or -1: the heaviest choice that keeps the order. */
function placesOf(page, sentences) {
  const ends = [];
  for (const [sentence, text] of sentences.entries()) {
    for (const at of text ? page.find(text) : []) {
      ends.push({ sentence, at, end: at + text.length, weight: text.length, before: null });
    }
  }
  let best = null;
  for (const [number, one] of ends.entries()) {
    let gain = 0;
    for (let i = 0; i < number && ends[i].sentence < one.sentence; i += 1) {
      const other = ends[i];
      if (other.end > one.at) continue;
      // Of places that are equal otherwise, the one right behind the sentence before is meant.
      const close = one.sentence === other.sentence + 1 && one.at === other.end ? 0.5 : 0;
      if (other.weight + close > gain) [gain, one.before] = [other.weight + close, other];
    }
    one.weight += gain;
    if (!best || one.weight > best.weight) best = one;
  }
  const places = sentences.map(() => -1);
  for (; best; best = best.before) places[best.sentence] = best.at;
  return places;
}

/** Short sentences between others that stand in many places: they stand right behind the one before. */
function fillIn(page, sentences, places) {
  sentences.forEach((text, i) => {
    const at = i && places[i - 1] >= 0 ? places[i - 1] + sentences[i - 1].length : -1;
    const fits = at >= 0 && text && page.text.startsWith(text, at) && page.holds(at, text.length);
    const later = places.slice(i + 1).find((place) => place >= 0);
    if (places[i] < 0 && fits && !(later < at + text.length)) places[i] = at;
  });
}

/**
 * For each sentence of an edition where the page has it: a range and its block, or nothing.
 * `paragraphs` are those of a timeline.
 */
function match(root, paragraphs) {
  const page = new PageText(root);
  const told = paragraphs.flatMap((paragraph) =>
    paragraph.sentences.map(({ text }) => ({ paragraph, text: plain(text) })));
  const texts = told.map(({ text }) => text);
  const places = placesOf(page, texts);
  fillIn(page, texts, places);
  const blockOf = (i) => page.blocks[places[i]];
  const follows = (i) => places[i - 1] >= 0 && places[i] === places[i - 1] + texts[i - 1].length;
  const isBeside = (i, j) => told[i].paragraph === told[j]?.paragraph && blockOf(i) === blockOf(j);
  const stands = ({ paragraph, text }, i) => text.length >= LONG || follows(i) || follows(i + 1) ||
    told.some((_, j) => j !== i && isBeside(i, j)) ||
    (HEADS.test(paragraph.kind) && blockOf(i).element.matches("h1, h2, h3, h4, h5, h6"));
  return told.map((one, i) => {
    if (places[i] < 0 || !stands(one, i)) return null;
    const { element } = blockOf(i);
    return { text: one.text, element, range: page.range(places[i], one.text.length) };
  });
}

/** Whether the page still has there what it had: pages change while they are read. */
function isThere(place) {
  return place.range.startContainer.isConnected && plain(place.range.toString()) === place.text;
}
