// What the read-along page and the player for other people's pages have in common.
// Times are whole milliseconds and a seek may land a fraction before the one asked for.
const SLACK_MS = 5;
const SKIP_MS = 15000;
// A chapter or sentence that began longer ago than this is begun again before going further back.
const AGAIN_MS = 2000;
const MINUTE_MS = 60000;

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

/** 9:53 or 1:02:03. */
function clock(seconds) {
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  const rest = `${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${rest}` : rest.replace(/^0/, "");
}

/** An edition's audio, moved by time, sentence and chapter; `moved` is called after each move. */
class Playback {
  #sleepAt = Infinity;
  #sleepsWithChapter = false;

  constructor(audio, sentences, chapters, moved) {
    Object.assign(this, { audio, sentences, chapters, moved });
  }

  get now() {
    return this.audio.currentTime * 1000 + SLACK_MS;
  }

  /** A refusal (no file, no permission to sound) leaves the audio paused, as its events say. */
  play() {
    this.audio.play().catch(this.moved);
  }

  toggle() {
    if (this.audio.paused) this.play();
    else this.audio.pause();
  }

  seek(ms) {
    this.audio.currentTime = Math.max(0, ms) / 1000;
    this.moved();
  }

  /** By some time, but not past the end. */
  skip(ms) {
    const end = Number.isFinite(this.audio.duration) ? this.audio.duration * 1000 - 500 : Infinity;
    if (ms < 0 || this.now < end) this.seek(Math.min(this.now + ms, end));
  }

  /** To the next of the times, or to the one before. */
  step(times, direction) {
    const index = lastBefore(times, this.now);
    const begun = index >= 0 && this.now - times[index] > AGAIN_MS;
    const to = direction < 0 && begun ? index : index + direction;
    if (to < times.length) this.seek(to < 0 ? 0 : times[to]);
  }

  setSpeed(speed) {
    this.audio.defaultPlaybackRate = this.audio.playbackRate = Number(speed);
  }

  /** Minutes, `chapter`, or nothing. */
  sleepAfter(choice) {
    this.#sleepsWithChapter = choice === "chapter";
    this.#sleepAt = Number(choice) > 0 ? Date.now() + choice * MINUTE_MS : Infinity;
  }

  /** Stop where a sentence or a chapter ends, if it is time to; whether it did. */
  sleepIfDue() {
    const due = Date.now() >= this.#sleepAt ? this.sentences : [];
    const ends = this.#sleepsWithChapter ? this.chapters : due;
    const next = ends[lastBefore(ends, this.now) + 1];
    // A page that nobody sees hears of the time four times a second, one in view with each frame.
    const near = (document.hidden ? 300 : 40) * this.audio.playbackRate;
    if (this.audio.paused || next === undefined || next - this.now > near) return false;
    this.sleepAfter("");
    this.audio.pause();
    this.seek(next);
    return true;
  }

  /** Answer the keys of keyboards, headsets and lock screens: https://w3c.github.io/mediasession/. */
  takeMediaKeys(title, album, artist) {
    const session = navigator.mediaSession;
    if (!session) return;
    session.metadata = new MediaMetadata({ title, album, artist });
    const steps = this.chapters.length > 1 ? this.chapters : this.sentences;
    const actions = {
      play: () => this.play(),
      pause: () => this.audio.pause(),
      stop: () => this.audio.pause(),
      seekbackward: (told) => this.skip(-1000 * told.seekOffset || -SKIP_MS),
      seekforward: (told) => this.skip(1000 * told.seekOffset || SKIP_MS),
      seekto: (told) => this.seek(told.seekTime * 1000),
      previoustrack: () => this.step(steps, -1),
      nexttrack: () => this.step(steps, 1),
    };
    for (const [name, action] of Object.entries(actions)) {
      try {
        session.setActionHandler(name, action);
      } catch { /* a browser need not know every key */ }
    }
  }
}
