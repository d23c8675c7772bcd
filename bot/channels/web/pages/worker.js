// Opens the chat where there is no line: keeps the page of one release and what belongs to it, and no word of
// anybody's. The line is always asked first, so that a new release comes in at once; a file under its release's
// address never changes.

const RELEASE = {{ release|tojson }};
const PAGE = "/chat";
const FILES = {{ files|tojson }};
const PATIENCE = {{ patience }};

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(RELEASE).then((cache) => cache.addAll([PAGE, ...FILES])));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOlder());
});

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate" && pathname === PAGE) event.respondWith(page(event.request));
  else if (FILES.includes(pathname)) event.respondWith(file(event.request));
});

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("chibo-") && name !== RELEASE).map((name) => caches.delete(name)));
}

async function page(request) {
  const kept = await caches.match(PAGE, { cacheName: RELEASE });
  if (!kept) return fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  const fresh = await Promise.race([fetch(request).catch(() => null), late]);
  return fresh && fresh.status < 500 ? fresh : kept;
}

async function file(request) {
  return (await caches.match(request, { cacheName: RELEASE })) ?? fetch(request);
}
