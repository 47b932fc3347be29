// Keeps the page of the kit and what it fetches, and nothing else: no list of people, no answer of the site.
const CACHE = `kit-${KIT.version}`;
const SHELLS = new Map(KIT.languages.map((language) => [`/kit/${language}`, language]));
const LAST = "/kit/";

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (KIT.files.includes(pathname)) event.respondWith(kept(pathname, request));
  else if (request.mode === "navigate" && pathname === LAST) event.respondWith(lastShell(request));
  else if (request.mode === "navigate" && SHELLS.has(pathname)) event.respondWith(shell(pathname, request));
});

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(KIT.files);
  for (const pathname of await inUse()) await keepShell(cache, pathname);
  await self.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith("kit-") && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
}

// The pages in the languages of this phone: those that are open, and those that an earlier version kept.
async function inUse() {
  const found = new Set();
  for (const client of await self.clients.matchAll({ includeUncontrolled: true, type: "window" })) {
    found.add(new URL(client.url).pathname);
  }
  for (const name of await caches.keys()) {
    if (!name.startsWith("kit-")) continue;
    for (const request of await (await caches.open(name)).keys()) found.add(new URL(request.url).pathname);
  }
  return [...found].filter((pathname) => SHELLS.has(pathname));
}

// Asked for without cookies, and kept only when it is the page of this very version.
async function keepShell(cache, pathname) {
  const answer = await fetch(pathname, { credentials: "omit", redirect: "error", cache: "no-cache" });
  const text = answer.ok ? await answer.clone().text() : "";
  if (!text.includes(`content="${KIT.version}"`)) throw new Error(`${pathname} is of another version`);
  await cache.put(pathname, answer);
}

async function kept(pathname, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(pathname, { ignoreVary: true })) ?? fetch(request);
}

async function shell(pathname, request) {
  const cache = await caches.open(CACHE);
  await cache.put(LAST, new Response(SHELLS.get(pathname))).catch(() => {}); // a full phone still opens
  const found = await cache.match(pathname, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(request);
  keepShell(cache, pathname).catch(() => {});
  return answer;
}

// The page in the language that was last in use; after an update, in one that the phone keeps.
async function lastShell(request) {
  const cache = await caches.open(CACHE);
  const language = await (await cache.match(LAST, { ignoreVary: true }))?.text();
  const kept = (await cache.keys()).map((each) => new URL(each.url).pathname).filter((pathname) => SHELLS.has(pathname));
  const found = kept.includes(`/kit/${language}`) ? `/kit/${language}` : kept[0];
  return found ? Response.redirect(found, 302) : fetch(request);
}
