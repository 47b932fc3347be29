// Keeps the page that checks certificates, what it fetches, the public keys and the list of what ended; no answer about anybody.
const CACHE = `verify-${VERIFY.version}`;
const STORE = "verify-lists";
const PAGES = new Map(VERIFY.languages.map((language) => [`/verify/offline/${language}`, language]));
const LISTS = ["/verify/keys.json", "/verify/ended.json"];
const LAST = "/verify/offline";
const CODE = /^\/verify\/[^/]+$/;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(chosen(event.data)));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (VERIFY.files.includes(pathname)) event.respondWith(kept(pathname, request));
  else if (LISTS.includes(pathname)) event.respondWith(list(pathname));
  else if (request.mode !== "navigate") return;
  else if (PAGES.has(pathname)) event.respondWith(kept(pathname, request));
  else if (pathname === LAST) event.respondWith(fetch(request).catch(() => last()));
  else if (CODE.test(pathname)) event.respondWith(fetch(request).catch(() => last()));
});

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(VERIFY.files);
  for (const pathname of PAGES.keys()) await cache.put(pathname, await own(pathname));
  for (const pathname of LISTS) await list(pathname);
  await self.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith("verify-") && name !== CACHE && name !== STORE) await caches.delete(name);
  }
  await self.clients.claim();
}

// Asked for without cookies: what is kept is nobody's.
async function own(pathname) {
  const answer = await fetch(pathname, { credentials: "omit", redirect: "error", cache: "no-cache" });
  if (!answer.ok) throw new Error(`${pathname}: ${answer.status}`);
  return answer;
}

async function list(pathname) {
  const cache = await caches.open(STORE);
  try {
    const answer = await own(pathname);
    await cache.put(pathname, answer.clone()).catch(() => {}); // a full phone still checks
    return answer;
  } catch {
    return (await cache.match(pathname, { ignoreVary: true })) ?? Response.error();
  }
}

async function kept(pathname, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(pathname, { ignoreVary: true })) ?? fetch(request);
}

// The language of the page that is open, as it says itself.
async function chosen(language) {
  if (PAGES.has(`/verify/offline/${language}`)) await (await caches.open(STORE)).put(LAST, new Response(language));
}

// The page in the language that was last in use; its script reads the code from the address.
async function last() {
  const [cache, store] = [await caches.open(CACHE), await caches.open(STORE)];
  const language = await (await store.match(LAST, { ignoreVary: true }))?.text();
  const pathname = PAGES.has(`/verify/offline/${language}`) ? `/verify/offline/${language}` : [...PAGES.keys()][0];
  return (await cache.match(pathname, { ignoreVary: true })) ?? Response.error();
}
