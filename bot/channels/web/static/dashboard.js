// The dashboard stays as the books are: it asks now and then under the mark of what it shows, and takes the new
// sheet when anything has changed. One question at a time: each answer with a new sheet is a look in the log.

const EVERY = 15_000;
const PATIENCE = 12_000;
const element = (id) => document.getElementById(id);
let mark = `"${element("as-of").dataset.mark}"`;
let looking = false;

function wire() {
  const print = element("print");
  if (print) {
    print.hidden = false;
    print.onclick = () => window.print();
  }
}

function stale(is) {
  element("stale").hidden = !is;
}

async function look() {
  if (document.hidden || looking) return;
  looking = true;
  try {
    const headers = { "If-None-Match": mark };
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(location.href, { headers, signal, cache: "no-store", redirect: "error" });
    if (answer.status === 401 || answer.status === 403) return location.reload();
    if (answer.status !== 304 && !answer.ok) throw new Error(answer.status);
    mark = answer.headers.get("ETag");
    if (answer.status === 200) take(await answer.text());
    element("as-of").textContent = answer.headers.get("Chibo-As-Of");
    stale(false);
  } catch {
    stale(true);
  } finally {
    looking = false;
  }
}

function take(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("dashboard");
  const open = document.querySelector(".chart")?.open;
  element("dashboard").replaceChildren(...fresh.childNodes);
  const chart = document.querySelector(".chart");
  if (chart && open) chart.open = true;
  wire();
}

wire();
setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);
