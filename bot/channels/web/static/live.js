// What is in the books, as it comes: a look at first, then a stream of events; after each break a look again,
// which also serves where something on the way does not let streams through.

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15000;
const SILENCE = 45000;
const HIDDEN = 60000;
const PATIENCE = 15000;

export class Live {
  #person;
  #onReading;
  #onConnection;
  #onGone;
  #mark = "";
  #stream = null;
  #heard = 0;
  #failures = 0;
  #timer = 0;
  #hiding = 0;
  #looking = false;
  #again = false;

  constructor({ person, onReading, onConnection, onGone }) {
    this.#person = person;
    this.#onReading = onReading;
    this.#onConnection = onConnection;
    this.#onGone = onGone;
  }

  start() {
    window.addEventListener("online", () => this.restart());
    window.addEventListener("offline", () => this.#broken());
    window.addEventListener("pageshow", (event) => event.persisted && this.restart());
    document.addEventListener("visibilitychange", () => this.#turned());
    setInterval(() => this.#stream && Date.now() - this.#heard > SILENCE && this.restart(), 5000);
    this.#look();
  }

  // Something of ours was stored: where no stream is open, look for the answer.
  lookSoon() {
    if (this.#stream?.readyState !== EventSource.OPEN) this.#look();
  }

  #url(path) {
    return `/chat/${path}?as=${encodeURIComponent(this.#person)}&after=${encodeURIComponent(this.#mark)}`;
  }

  async #look() {
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = true;
    clearTimeout(this.#timer);
    const seen = await this.#fetch();
    this.#looking = false;
    this.#onConnection(seen);
    if (!seen) return this.#later();
    if (!this.#stream) this.#listen();
    if (this.#again) {
      this.#again = false;
      this.#look();
    }
  }

  async #fetch() {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const response = await fetch(this.#url("messages"), { signal: stop.signal });
      if (response.status === 401) await this.#ask(stop.signal);
      if (response.status === 410) this.#onGone();
      if (!response.ok) return false;
      this.#take(await response.json());
      return true;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  // The cookie is gone. A page that is loaded anew brings another one only where it comes from the server, and not
  // from the phone: so it is asked for by itself, and the next look finds a stranger's session.
  async #ask(signal) {
    await fetch("/chat/anew", { cache: "no-store", signal });
  }

  #take(reading) {
    this.#mark = reading.mark;
    this.#onReading(reading);
  }

  #listen() {
    const stream = new EventSource(this.#url("events"));
    this.#stream = stream;
    this.#heard = Date.now();
    stream.onopen = () => {
      this.#failures = 0;
    };
    stream.onerror = () => this.#broken();
    stream.addEventListener("ping", () => {
      this.#heard = Date.now();
    });
    stream.addEventListener("gone", () => this.#onGone());
    stream.addEventListener("lines", (event) => {
      this.#heard = Date.now();
      this.#take(JSON.parse(event.data));
    });
  }

  #close() {
    this.#stream?.close();
    this.#stream = null;
  }

  #broken() {
    this.#close();
    this.#later();
  }

  // Look again, whatever was heard so far.
  restart() {
    this.#close();
    this.#failures = 0;
    this.#look();
  }

  #later() {
    clearTimeout(this.#timer);
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures) * (0.75 + Math.random() / 2);
    this.#failures += 1;
    this.#timer = setTimeout(() => this.#look(), wait);
  }

  // A browser lends few connections to one server: a page that nobody sees gives its own back.
  #turned() {
    clearTimeout(this.#hiding);
    if (document.hidden) {
      this.#hiding = setTimeout(() => this.#close(), HIDDEN);
    } else if (this.#stream?.readyState !== EventSource.OPEN || Date.now() - this.#heard > SILENCE) {
      this.restart();
    }
  }
}
