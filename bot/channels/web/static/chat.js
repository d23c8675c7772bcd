// The page of the web chat: what is typed goes to `Unsent`, what is in the books comes from `Live`.

import { Bubbles } from "./bubbles.js";
import { Kept } from "./kept.js";
import { Live } from "./live.js";
import { newId, Unsent } from "./unsent.js";

const { zone, person, worker } = document.body.dataset;
const element = (id) => document.getElementById(id);
const [text, writing, lost, held] = ["text", "writing", "lost", "held"].map(element);

let leaving = false;

const bubbles = new Bubbles({ zone, person, onChoice: choose });
const unsent = new Unsent({
  person,
  onState: (message, state, words) => bubbles.state(message, state, words),
  onStored: () => live.lookSoon(),
  onHeld: () => live.restart(),
});
// Only a page that opens without a line has a use for what was said before.
const kept = worker && "serviceWorker" in navigator ? new Kept() : null;
const live = new Live({
  person,
  onReading: show,
  onConnection: (up) => {
    lost.textContent = up ? "" : "Mất kết nối. Tin đồng chí gõ vẫn được giữ và tự gửi khi có mạng.";
    lost.hidden = up;
    if (up) unsent.wake();
    else recall();
  },
  // Signed out: whoever holds this telephone next sends nothing in somebody else's name.
  onGone: () => {
    if (leaving) return;
    leaving = true;
    unsent.forget();
    kept?.forget();
    location.replace(`/chat/anew${invited && `#${invited}`}`);
  },
});

function choose(tap, label) {
  send({ tap, label });
  // The button goes away: whoever works with the keyboard goes on in the text box.
  if (matchMedia("(pointer: fine)").matches) text.focus();
}

function send(message) {
  const full = { id: newId(), written: Date.now(), ...message };
  bubbles.pending(full);
  unsent.add(full, message.text !== undefined && isCode(message.text));
  unseen = 0;
  title();
}

// --- what comes

const PATIENCE = 4000;
let unseen = 0;
let whose; // whose session this is, by the server's word: "" nobody's
let recalled = false;
const plainTitle = document.title;

// What was said last, while the server is not heard.
function recall() {
  const before = whose !== undefined || recalled ? null : kept?.recall();
  if (!before) return;
  recalled = true;
  bubbles.show(before.lines);
  introduce(before.who);
}

function show(reading) {
  // The session is somebody else's, or nobody's: what was said in the one before is not for whoever is here now.
  if (whose && reading.whose !== whose) return location.reload();
  if (recalled) bubbles.afresh();
  recalled = false;
  kept?.take(reading);
  const fresh = bubbles.show(reading.lines);
  if (reading.lines.length > 0 || whose === undefined) introduce(reading.who);
  belong(reading.whose);
  element("log").removeAttribute("aria-busy");
  if (document.hidden) unseen += fresh.filter((line) => !line.own).length;
  title();
}

// What was written here goes out as its author's, or waits until that one signs in again.
function belong(now) {
  whose = now;
  for (const message of unsent.become(now)) bubbles.pending(message);
  bubbles.withdraw(unsent.held());
  const waiting = now ? 0 : unsent.held().filter(({ of }) => of).length;
  held.hidden = waiting === 0;
  held.textContent = waiting ? `Máy này còn giữ ${waiting} tin chưa gửi: đồng chí đăng nhập lại bằng mã thì tin tự gửi.` : "";
}

function introduce(who) {
  if (who) invited = "";
  element("unit").textContent = who ? `${who.unit} · ${who.role}` : "chibo";
  const dashboard = element("dashboard-link");
  if (dashboard) dashboard.hidden = !who?.oversees;
  element("hint-new").hidden = Boolean(who);
  element("hint-known").hidden = !who;
}

function title() {
  if (!document.hidden) unseen = 0;
  document.title = unseen > 0 ? `(${unseen}) ${plainTitle}` : plainTitle;
}
document.addEventListener("visibilitychange", title);

// --- what is written

writing.addEventListener("submit", (event) => {
  event.preventDefault();
  const written = text.value.trim();
  if (!written) return text.focus();
  if (isCode(written)) invited = plain(written);
  send({ text: written });
  text.value = "";
  grow();
  text.focus();
});

text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  writing.requestSubmit();
});

function grow() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}
text.addEventListener("input", grow);

element("menu").addEventListener("click", () => send({ text: "menu" }));

// A tap before this script had come would have loaded the page again, and what was typed would be gone.
for (const button of writing.querySelectorAll("button")) button.disabled = false;

// Typing anywhere goes into the text box, so that a number answers without a click first.
document.addEventListener("keydown", (event) => {
  const elsewhere = event.target === document.body || event.target === element("log");
  if (elsewhere && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ") {
    text.focus();
  }
});

// An invitation's link carries its code behind the #: it is only to be sent, and stays out of the history. A link
// that is opened while the page is open changes nothing but that. A code that was typed where somebody else's
// session has to end first is ready in the new one.
let invited = "";
const CODE = /^[0-9A-Za-z]{13}$/;
const plain = (written) => written.replace(/[\s-]/g, "");
const isCode = (written) => CODE.test(plain(written));

function invite() {
  const code = location.hash.slice(1);
  if (!CODE.test(code)) return;
  invited = code;
  history.replaceState(null, "", location.pathname + location.search);
  text.value = code;
  text.focus();
}
window.addEventListener("hashchange", invite);
invite();

for (const message of unsent.list()) bubbles.pending(message);
live.start();
unsent.wake();
setTimeout(recall, PATIENCE);
if (kept) navigator.serviceWorker.register(worker, { scope: "/chat" }).catch(() => {});

if (document.body.classList.contains("with-demo")) {
  const { startDesk } = await import("./demo.js");
  startDesk({ zone, onJump: () => live.lookSoon() });
}
