// Messages that are not in the books yet: kept on the phone, sent in order, again and again until the server
// says that they are stored. The id is made here, so that a message sent twice is written once. Each message says
// whose it is (`of`): what is somebody's who is not signed in here any more stays on the phone, unsent and unseen,
// until they are again.

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
const PATIENCE = 20000;
const LONGEST = 20000;
const LIFE = 30 * 24 * 3600 * 1000; // as long as the server takes a message for what it was when it was written
const TOO_LONG = "Tin dài quá. Đồng chí chia thành nhiều tin ngắn giúp.";

export class Unsent {
  #prefix;
  #person;
  #onState;
  #onStored;
  #onHeld;
  #whose; // whose session this is: "" nobody's, undefined as long as that was not heard
  #memory = [];
  #held = [];
  #running = false;
  #failures = 0;
  #wakeUp = () => {};

  constructor({ person, onState, onStored, onHeld }) {
    this.#person = person;
    this.#prefix = `chibo.unsent.${person}.`;
    this.#onState = onState;
    this.#onStored = onStored;
    this.#onHeld = onHeld;
    this.#whose = this.#remembered();
    this.#gather();
    window.addEventListener("online", () => this.wake());
  }

  list() {
    return [...this.#memory];
  }

  // A code may be anybody's who types it: it signs in.
  add(message, isCode) {
    const own = isCode || this.#whose === undefined ? message : { ...message, of: this.#whose };
    this.#memory.push(own);
    this.#keep(own);
    this.#pump();
  }

  // The server has said whose this session is; answers the messages that may go out only since then.
  become(whose) {
    if (whose === this.#whose) return [];
    this.#whose = whose;
    this.#remember();
    const before = new Set(this.#memory.map(({ id }) => id));
    this.#gather();
    this.#pump();
    return this.#memory.filter(({ id }) => !before.has(id));
  }

  // What is not this session's to send.
  held() {
    return [...this.#held];
  }

  // Nothing of this session's is sent any more, nor what pages have kept that are closed by now.
  forget() {
    this.#gather();
    for (const message of this.#memory.splice(0)) this.#forget(message);
    this.#whose = "";
    this.#remember();
  }

  // Try now: the network is back. What another page has kept goes, too: that one may be closed.
  wake() {
    this.#gather();
    this.#failures = 0;
    this.#wakeUp();
    this.#pump();
  }

  // All that is kept, parted into what this session may send and what it may not.
  #gather() {
    const known = [...this.#memory, ...this.#held];
    const ids = new Set(known.map(({ id }) => id));
    const all = [...known, ...this.#stored().filter(({ id }) => !ids.has(id))].sort(byTime);
    const isOurs = ({ of }) => of === undefined || of === this.#whose;
    this.#memory = all.filter(isOurs);
    this.#held = all.filter((message) => !isOurs(message));
  }

  async #pump() {
    if (this.#running) return;
    this.#running = true;
    while (this.#memory.length > 0) await this.#attempt(this.#memory[0]);
    this.#running = false;
  }

  async #attempt(message) {
    this.#onState(message, this.#failures > 0 ? "waiting" : "sending");
    const { outcome, words, wait } = await this.#post(message);
    if (outcome === "later") {
      this.#failures += 1;
      this.#onState(message, "waiting");
      await this.#rest(wait);
      return;
    }
    this.#failures = 0;
    this.#drop(message);
    if (outcome === "held") {
      this.#held.push(message);
      return this.#onHeld();
    }
    this.#forget(message);
    this.#onState(message, outcome, words);
    if (outcome === "stored") this.#onStored();
  }

  #drop({ id }) {
    this.#memory = this.#memory.filter((message) => message.id !== id);
    this.#held = this.#held.filter((message) => message.id !== id);
  }

  async #post({ id, text, tap, of, written }) {
    // Such a body is cut off on its way as often as it is answered, and would hold up what follows.
    if (text?.length > LONGEST && [...text].length > LONGEST) return { outcome: "refused", words: TOO_LONG };
    const age = Math.max(0, (Date.now() - written) / 1000);
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const response = await fetch(`/chat/messages?as=${encodeURIComponent(this.#person)}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ id, ...(tap ? { tap } : { text }), of, age }),
        signal: stop.signal,
      });
      if (response.ok) return taken(await response.json());
      const passing = [401, 408, 425, 429].includes(response.status) || response.status >= 500;
      const words = passing ? "" : await reason(response);
      if (words) return { outcome: "refused", words };
      return { outcome: "later", wait: Number(response.headers.get("Retry-After")) * 1000 };
    } catch {
      return { outcome: "later" };
    } finally {
      clearTimeout(timer);
    }
  }

  #rest(asked) {
    const doubled = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.#failures - 1));
    const wait = Math.max(asked || 0, doubled * (0.75 + Math.random() / 2));
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, wait);
      this.#wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  // Each message has a place of its own, so that two windows do not overwrite each other's. A phone may refuse
  // to keep anything (private windows): then the messages live as long as the page.
  #keep(message) {
    try {
      localStorage.setItem(this.#prefix + message.id, JSON.stringify(message));
    } catch {}
  }

  #forget({ id }) {
    try {
      localStorage.removeItem(this.#prefix + id);
    } catch {}
  }

  #stored() {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix));
      const kept = keys.map((key) => JSON.parse(localStorage.getItem(key)));
      const [late, good] = [kept.filter(isLate), kept.filter((message) => !isLate(message))];
      for (const message of late) this.#forget(message);
      return good;
    } catch {
      return [];
    }
  }

  // Whose session this was when the server was heard last, for the page that is opened without a line.
  #remembered() {
    try {
      return localStorage.getItem(`chibo.whose.${this.#person}`) ?? undefined;
    } catch {}
  }

  #remember() {
    try {
      if (this.#whose) localStorage.setItem(`chibo.whose.${this.#person}`, this.#whose);
      else localStorage.removeItem(`chibo.whose.${this.#person}`);
    } catch {}
  }
}

function byTime(one, other) {
  return one.written - other.written;
}

// Nobody signs in after so long to send what they wrote.
function isLate({ of, written }) {
  return Boolean(of) && Date.now() - written > LIFE;
}

// What somebody says who has not joined is answered at once, and kept by nobody.
function taken({ stored, held, said }) {
  if (stored === true) return { outcome: "stored" };
  if (held === true) return { outcome: "held" };
  return typeof said === "string" ? { outcome: "answered", words: said } : { outcome: "later" };
}

// The server's own word on why it takes a message for good; something on the way, such as a proxy, has none.
async function reason(response) {
  try {
    return (await response.json()).error;
  } catch {
    return "";
  }
}

// crypto.randomUUID exists only on https; an office's own server may be plain http.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
