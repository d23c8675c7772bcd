// The demo's desk: its clock runs here by the difference to the computer's own.

export function startDesk({ zone, onJump }) {
  const element = (id) => document.getElementById(id);
  const [desk, clock, moment, jumped] = ["demo", "clock", "moment", "jumped"].map(element);
  const short = formatter({ day: "numeric", month: "numeric", year: "numeric" });
  const local = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  });
  const buttons = [...desk.querySelectorAll(".desk button")];
  const wide = matchMedia("(min-width: 900px)");
  let ahead = null;

  function formatter(parts) {
    return new Intl.DateTimeFormat("vi-VN", { timeZone: zone, hour: "2-digit", minute: "2-digit", hour12: false, ...parts });
  }

  // Names are found without tone marks, as people type them.
  function bare(words) {
    return words.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().trim();
  }

  function find(words) {
    element("people").classList.toggle("searched", words !== "");
    for (const item of element("people").children) {
      item.classList.toggle("missed", !bare(item.textContent).includes(words));
    }
  }

  function unfold() {
    desk.open = wide.matches;
  }

  function tick() {
    if (ahead !== null) clock.textContent = short.format(Date.now() + ahead);
  }

  function set({ now, next_reminder: reminder, quarter_end: end }) {
    ahead = Date.parse(now) - Date.now();
    element("reminder").textContent = reminder ? short.format(Date.parse(reminder)) : "không còn";
    element("quarter-end").textContent = short.format(Date.parse(end));
    moment.min = local.format(Date.parse(now)).replace(" ", "T");
    if (!moment.value || moment.value < moment.min) moment.value = moment.min;
    tick();
  }

  async function ask(options) {
    const response = await fetch("/chat/clock", options);
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    set(answer);
  }

  async function jump(to) {
    for (const button of buttons) button.disabled = true;
    jumped.textContent = "Thời gian đang trôi…";
    try {
      await ask({ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ to }) });
      jumped.textContent = `Bây giờ là ${clock.textContent}.`;
      if (!wide.matches) desk.open = false;
    } catch (error) {
      jumped.textContent = error instanceof TypeError ? "Mất kết nối, đồng chí thử lại giúp." : error.message;
    }
    for (const button of buttons) button.disabled = false;
    onJump();
  }

  for (const button of desk.querySelectorAll("[data-to]")) {
    button.addEventListener("click", () => jump(button.dataset.to));
  }
  element("jump").addEventListener("submit", (event) => {
    event.preventDefault();
    jump(moment.value);
  });
  element("find")?.addEventListener("input", (event) => find(bare(event.target.value)));
  wide.addEventListener("change", unfold);
  unfold();
  const refresh = () => ask().catch(() => {});
  refresh();
  setInterval(tick, 1000);
  setInterval(refresh, 20000);
}
