// The bubbles: those in the books, in their order, and below them those not sent yet.

const STATES = {
  sending: "đang gửi…",
  waiting: "chưa gửi được, sẽ gửi lại",
  stored: "đã gửi",
};
const KINDS = { xlsx: "Excel", docx: "Word", png: "Hình" };
const START_GAP = 10; // pixels above the start of a long reply
const LINK = /https?:\/\/[^\s<>«»"]+[^\s<>«»".,;:!?)\]]/g;

export class Bubbles {
  #log = document.getElementById("log");
  #said = document.getElementById("said");
  #unsent = document.getElementById("unsent");
  #hint = document.getElementById("hint");
  #below = document.getElementById("below");
  #keys = new Set();
  #pending = new Map();
  #day = "";
  #following = true; // the end is in sight, and stays so
  #offered = null; // the bot's last line with choices that nobody has answered
  #shown = null; // the choices on the screen
  #onChoice;
  #person;
  #hour;
  #date;

  constructor({ zone, person, onChoice }) {
    this.#onChoice = onChoice;
    this.#person = person;
    this.#hour = new Intl.DateTimeFormat("vi-VN", { timeZone: zone, hour: "2-digit", minute: "2-digit", hour12: false });
    this.#date = new Intl.DateTimeFormat("vi-VN", {
      timeZone: zone, weekday: "long", day: "numeric", month: "numeric", year: "numeric",
    });
    this.#below.addEventListener("click", () => this.#toEnd());
    this.#log.addEventListener("scroll", () => {
      this.#following = this.#atEnd();
      if (this.#following) this.#below.hidden = true;
    });
    new ResizeObserver(() => this.#following && this.#toEnd()).observe(this.#log);
  }

  // Begin anew: what was shown so far was only kept on the phone.
  afresh() {
    this.#keys.clear();
    this.#said.replaceChildren();
    this.#day = "";
    this.#offered = this.#shown = null;
  }

  // Show lines of the books and answer those that were not there yet.
  show(lines) {
    const first = this.#keys.size === 0;
    const fresh = lines.filter((line) => !this.#keys.has(line.key));
    for (const line of fresh) this.#append(line, !first);
    this.#offer();
    this.#greet();
    if (fresh.length === 0) return fresh;
    if (first || this.#following || fresh.some((line) => line.own)) this.#toReply(fresh);
    else this.#more("Tin mới ↓");
    return fresh;
  }

  // Show a message that is on its way.
  pending(message) {
    const bubble = this.#bubble(true, message.text ?? message.label);
    bubble.classList.add("fresh");
    this.#pending.set(message.id, bubble);
    this.#unsent.append(bubble);
    this.state(message, "sending");
    this.#offer();
    this.#greet();
    this.#toEnd();
  }

  // What is not this session's to send is not its to show either.
  withdraw(messages) {
    for (const { id } of messages) {
      this.#pending.get(id)?.remove();
      this.#pending.delete(id);
    }
    this.#offer();
    this.#greet();
  }

  // Say how a message fares: sending, waiting, stored, answered by nobody's books, or refused with the server's words.
  state({ id }, state, words) {
    const bubble = this.#pending.get(id);
    if (!bubble) return;
    if (state === "answered") return this.#answer(id, words);
    bubble.classList.toggle("waiting", state === "waiting");
    bubble.classList.toggle("refused", state === "refused");
    bubble.querySelector(".meta").textContent = STATES[state] ?? `không gửi được: ${words || "máy chủ không nhận tin này"}`;
    if (state === "refused") {
      this.#pending.delete(id);
      this.#offer();
    }
    if (this.#following) this.#toEnd();
  }

  // What a stranger said and was told stands here alone.
  #answer(id, words) {
    const [own, reply] = [this.#adopt(id), this.#bubble(false, words)];
    own.querySelector(".meta").textContent = STATES.stored;
    reply.classList.add("fresh");
    this.#said.append(own, reply);
    this.#toEnd();
  }

  #append(line, fresh) {
    this.#keys.add(line.key);
    this.#separate(new Date(line.at));
    const bubble = (line.own && this.#adopt(line.id)) || this.#bubble(line.own, line.text);
    bubble.querySelector(".bubble").replaceChildren(...linked(line.text), ...this.#enclosed(line));
    bubble.querySelector(".meta").textContent = this.#hour.format(new Date(line.at)) + (line.own ? " · đã gửi" : "");
    bubble.classList.toggle("fresh", fresh && !line.own);
    this.#said.append(bubble);
    if (line.own) this.#offered = null;
    else if (line.choices.length > 0) this.#offered = { line, bubble };
  }

  // The bubble that waited for this line to be stored.
  #adopt(id) {
    const bubble = this.#pending.get(id);
    this.#pending.delete(id);
    bubble?.classList.remove("waiting", "refused");
    return bubble;
  }

  #bubble(own, words) {
    const line = document.createElement("div");
    line.className = own ? "line own" : "line";
    const speaker = document.createElement("span");
    speaker.className = "unseen";
    speaker.textContent = own ? "Đồng chí: " : "chibo: ";
    const bubble = document.createElement("div");
    bubble.className = "bubble";
    bubble.append(...linked(words));
    const meta = document.createElement("div");
    meta.className = "meta";
    line.append(speaker, bubble, meta);
    return line;
  }

  // The file that came with a line: a card that fetches it.
  #enclosed({ key, file }) {
    if (!file) return [];
    const card = document.createElement("a");
    card.className = "file";
    card.href = `/chat/files/${key}?as=${encodeURIComponent(this.#person)}`;
    const kind = document.createElement("span");
    kind.className = "kind";
    kind.textContent = KINDS[file.kind] ?? "Tệp";
    const about = document.createElement("span");
    about.className = "about";
    const name = document.createElement("strong");
    name.textContent = file.name;
    const size = document.createElement("small");
    size.textContent = `${Math.max(1, Math.round(file.size / 1024))} KB · Tải về`;
    about.append(name, size);
    card.append(kind, about);
    return [card];
  }

  #separate(at) {
    const day = this.#date.format(at);
    if (day === this.#day) return;
    this.#day = day;
    const separator = document.createElement("div");
    separator.className = "day";
    separator.textContent = day;
    this.#said.append(separator);
  }

  // The choices stand under the bot's last question, until somebody answers.
  #offer() {
    const offered = this.#pending.size > 0 ? null : this.#offered;
    if (this.#shown?.line === offered?.line) return;
    if (this.#shown) fade(this.#shown.list);
    this.#shown = offered && { line: offered.line, list: this.#choices(offered.line) };
    if (offered) offered.bubble.append(this.#shown.list);
  }

  #choices({ choices, question }) {
    const list = document.createElement("ol");
    list.className = "choices";
    list.setAttribute("aria-label", "Chọn một câu trả lời, hoặc gõ số");
    choices.forEach((label, index) => list.append(this.#choice(label, question, index + 1)));
    return list;
  }

  #choice(label, question, number) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    const badge = document.createElement("span");
    badge.className = "number";
    badge.textContent = number;
    button.append(badge, label);
    button.setAttribute("aria-label", `${number}. ${label}`);
    button.addEventListener("click", () => this.#onChoice({ question, number }, label));
    item.append(button);
    return item;
  }

  #greet() {
    this.#hint.hidden = this.#said.childElementCount + this.#pending.size > 0;
  }

  #atEnd() {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < 80;
  }

  // To the end; but a reply taller than the screen is read from its start, and what is below it is said.
  #toReply(fresh) {
    this.#toEnd();
    const at = fresh.findIndex((line, index) => !line.own && fresh.slice(index).every((later) => !later.own));
    const start = at < 0 ? null : this.#said.children[this.#said.children.length - (fresh.length - at)];
    const top = start?.getBoundingClientRect().top - this.#log.getBoundingClientRect().top;
    if (!start || top >= 0) return;
    this.#log.scrollTop += top - START_GAP;
    this.#following = false;
    this.#more("Xem tiếp ↓");
  }

  // Say that there is more below.
  #more(words) {
    this.#below.textContent = words;
    this.#below.hidden = false;
  }

  #toEnd() {
    this.#following = true;
    this.#below.hidden = true;
    this.#log.scrollTop = this.#log.scrollHeight;
  }
}

function fade(list) {
  list.classList.add("passed");
  for (const button of list.querySelectorAll("button")) button.disabled = true;
  setTimeout(() => list.remove(), matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 260);
}

function linked(words) {
  const parts = [];
  let end = 0;
  for (const match of words.matchAll(LINK)) {
    const link = document.createElement("a");
    link.href = match[0];
    link.rel = "noreferrer";
    link.textContent = match[0];
    parts.push(words.slice(end, match.index), link);
    end = match.index + match[0].length;
  }
  return [...parts, words.slice(end)];
}
