// The page of the web chat: what is typed goes to `Unsent`, what is in the books comes from `Live`.

import { Bubbles } from "./bubbles.js";
import { Kept } from "./kept.js";
import { Live } from "./live.js";
import { newId, Unsent } from "./unsent.js";

const { zone, person, worker } = document.body.dataset;
const element = (id) => document.getElementById(id);
const [text, writing, lost] = ["text", "writing", "lost"].map(element);

const bubbles = new Bubbles({ zone, person, onChoice: choose });
const unsent = new Unsent({
  person,
  onState: (message, state, words) => bubbles.state(message, state, words),
  onStored: () => live.lookSoon(),
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
  unsent.add(full);
  unseen = 0;
  title();
}

// --- what comes

const PATIENCE = 4000;
let unseen = 0;
let known = false;
let recalled = false;
const plainTitle = document.title;

// What was said last, while the server is not heard.
function recall() {
  const before = known || recalled ? null : kept?.recall();
  if (!before) return;
  recalled = true;
  bubbles.show(before.lines);
  introduce(before.who);
}

function show(reading) {
  if (recalled) bubbles.afresh();
  recalled = false;
  kept?.take(reading);
  const fresh = bubbles.show(reading.lines);
  if (reading.lines.length > 0 || !known) introduce(reading.who);
  known = true;
  element("log").removeAttribute("aria-busy");
  if (document.hidden) unseen += fresh.filter((line) => !line.own).length;
  title();
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
  const code = written.replace(/[\s-]/g, "");
  if (CODE.test(code)) invited = code;
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
