// What was said last, kept on the phone for the page that is opened without a line: the least that makes it of use.
// A few lines for a few days, none that shows a code, and nothing of anybody who has not joined or has signed out.

const LINES = 12;
const LIFE = 7 * 24 * 3600 * 1000;
const KEY = "chibo.kept";

export class Kept {
  #lines = [];

  // What there is to show while nothing is heard of the server; null where there is nothing.
  recall() {
    try {
      const { at, who, lines } = JSON.parse(localStorage.getItem(KEY));
      if (Date.now() - at < LIFE) return { who, lines };
    } catch {}
    this.forget();
    return null;
  }

  // What the server has told takes the place of what was kept before; a look and the stream may both tell it.
  take({ who, whose, lines }) {
    if (!whose || (!who && lines.length > 0)) return this.forget();
    if (!who) return; // there is nothing new
    const { unit, role, oversees } = who;
    if (lines.length === 0 && this.#lines.length > 0) return;
    const known = new Set(this.#lines.map(({ key }) => key));
    const plain = lines.filter(({ secret, key }) => !secret && !known.has(key)).map(({ file, ...line }) => line);
    this.#lines = [...this.#lines, ...plain].slice(-LINES);
    try {
      localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), who: { unit, role, oversees }, lines: this.#lines }));
    } catch {}
  }

  forget() {
    this.#lines = [];
    try {
      localStorage.removeItem(KEY);
    } catch {}
  }
}
