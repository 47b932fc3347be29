"""What the browser does to its storage: nothing that was not kept is said to be kept, and nothing kept is lost (X29, X30)."""

import json

import pytest

from tests.browser.kit.conftest import Take
from tests.browser.kit.stage import counted, half_day
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
HANDLES = """{ const open = indexedDB.open.bind(indexedDB); globalThis.handles = [];
  indexedDB.open = (...of) => { const asked = open(...of); asked.addEventListener('success', () => handles.push(asked.result)); return asked; }; }"""
FULL = """{ const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (...of) { if (globalThis.isFull) throw new DOMException('full', 'QuotaExceededError'); return add.apply(this, of); }; }"""
OLD = """async ([version, rows, devices]) => {
  await new Promise((resolve) => { const gone = indexedDB.deleteDatabase('seamwise-kit'); gone.onsuccess = gone.onblocked = resolve; });
  const db = await new Promise((resolve, reject) => {
    const asked = indexedDB.open('seamwise-kit', version);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('outbox', { keyPath: 'place', autoIncrement: true });
      asked.result.createObjectStore('facts');
      if (version < 2) return;
      asked.result.createObjectStore('devices', { keyPath: 'device' });
      asked.result.createObjectStore('day');
      asked.result.createObjectStore('said', { keyPath: 'place', autoIncrement: true });
      asked.result.createObjectStore('receipts', { keyPath: 'place', autoIncrement: true });
    };
    asked.onsuccess = () => resolve(asked.result); asked.onerror = () => reject(asked.error);
  });
  const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer;
  const write = db.transaction([...db.objectStoreNames], 'readwrite');
  rows.forEach(({ sealed, ...row }) => write.objectStore('outbox').add({ ...row, sealed: bytes(sealed) }));
  if (version < 2) write.objectStore('facts').put(devices[0], 'device');
  else {
    write.objectStore('devices').put(devices[0]);
    write.objectStore('facts').put(devices[0].device, 'current');
  }
  await new Promise((resolve) => { write.oncomplete = resolve; });
  db.close();
}"""
FILL = """async () => {
  const db = await new Promise((resolve) => {
    const asked = indexedDB.open('filler');
    asked.onupgradeneeded = () => asked.result.createObjectStore('bytes', { autoIncrement: true });
    asked.onsuccess = () => resolve(asked.result);
  });
  let [size, kept] = [65_536, 0];
  while (size > 16) {
    const write = db.transaction('bytes', 'readwrite'), done = new Promise((resolve) => { write.oncomplete = () => resolve(''); write.onabort = () => resolve(write.error.name); });
    write.objectStore('bytes').add(crypto.getRandomValues(new Uint8Array(size)));
    const why = await done;
    if (why && why !== 'QuotaExceededError') throw new Error(why);
    if (why) size /= 2; else kept += size;
  }
  db.close();
  return kept;
}"""
TAKE_OUT = """async () => {
  const db = await new Promise((resolve) => { const asked = indexedDB.open('seamwise-kit'); asked.onsuccess = () => resolve(asked.result); });
  const all = (store) => new Promise((resolve) => { const asked = db.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => resolve(asked.result); });
  const rows = (await all('outbox')).map((row) => ({ ...row, sealed: btoa(String.fromCharCode(...new Uint8Array(row.sealed))) }));
  const devices = await all('devices');
  db.close();
  return [rows, devices];
}"""


@pytest.mark.sampled
@pytest.mark.parametrize("version", [1, 2, 3])
def test_records_wait_in_the_schema_of_every_former_version(site: Site, take: Take, version: int) -> None:
    """An older version of the app left them; this one opens, keeps and delivers them."""
    stage, phone = site.build(half_day), take()
    phone.begin(stage)
    phone.cut()
    phone.go_to(stage.roll)
    for person in stage.people[:4]:
        phone.mark(person)
    rows, devices = phone.page.evaluate(TAKE_OUT)
    other = phone.context.new_page()
    phone.page.close()
    phone.page = other
    phone.join()
    phone.page.goto(f"{phone.address}/assets/{'logo.svg'}")
    if version < 3:
        phone.page.evaluate(OLD, [version, rows, devices])
    phone.open()
    phone.waits(0)
    assert counted(site, stage.meeting) == dict.fromkeys(stage.people[:4], "present")
    assert {"outbox", "facts", "devices", "day", "said", "receipts", "held", "parcels"} <= {*phone.stored()}


def test_a_database_that_the_browser_closed(site: Site, take: Take) -> None:
    stage, phone = site.build(half_day), take(script=HANDLES)
    phone.begin(stage)
    phone.cut()
    phone.go_to(stage.roll)
    phone.mark(stage.people[0])
    phone.page.evaluate("handles.forEach((db) => db.close())")
    phone.mark(stage.people[1])
    phone.page.evaluate("handles.forEach((db) => { db.close(); db.dispatchEvent(new Event('close')); })")
    phone.mark(stage.people[2])
    phone.waits(3)
    assert len(phone.stored()["outbox"]) == 3
    phone.join()
    phone.confirmed(3)
    assert len(counted(site, stage.meeting)) == 3


def test_full_storage_says_that_the_mark_is_not_saved(site: Site, take: Take) -> None:
    stage, phone = site.build(half_day), take(script=FULL)
    phone.begin(stage)
    phone.cut()
    phone.go_to(stage.roll)
    phone.mark(stage.people[0])
    phone.page.evaluate("globalThis.isFull = true")
    phone.touch(phone.row(stage.people[1]).locator("[data-mark=p]"))
    phone.notice("The storage of this phone is full. The last mark was NOT saved.")
    assert phone.row(stage.people[1]).locator("[data-mark=p]").get_attribute("aria-pressed") == "false"
    phone.waits(1)
    phone.page.evaluate("globalThis.isFull = false")
    phone.mark(stage.people[1])
    phone.waits(2)
    phone.join()
    phone.confirmed(2)


@pytest.mark.parametrize("broken", [
    "Object.defineProperty(globalThis, 'indexedDB', { value: undefined })",
    "indexedDB.open = () => { const asked = new EventTarget(); setTimeout(() => asked.onerror?.({}), 5); return asked; }",
], ids=["none", "refuses"])
def test_a_private_window_says_so_and_offers_the_page_with_network(site: Site, take: Take, broken: str) -> None:
    stage, phone = site.build(half_day), take(script=broken)
    phone.sign_in(stage.email)
    phone.open()
    assert phone.heading() == "This browser cannot keep anything"
    assert phone.page.locator("#screen a").get_attribute("href") == "/sessions"


def test_a_newer_version_of_the_app_while_records_wait(site: Site, take: Take) -> None:
    """Another version of the page takes over: the records stay, the former caches go (T47)."""
    stage, phone = site.build(half_day), take()
    phone.begin(stage)
    phone.cut()
    phone.go_to(stage.roll)
    phone.mark(stage.people[0])
    phone.page.evaluate("caches.open('kit-former').then((cache) => cache.put('/kit/ar', new Response('former')))")
    [own] = [name for name in phone.page.evaluate("caches.keys()") if name != "kit-former"]
    phone.context.route("**/kit/records", lambda route: route.abort())
    phone.join()
    phone.page.evaluate("""async () => {
      for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
    }""")
    phone.page.reload()
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.page.wait_for_function("async () => !(await caches.keys()).includes('kit-former')")
    assert phone.page.evaluate("caches.keys()") == [own]
    assert "/kit/ar" in phone.cached(), "the languages in use go along"
    assert "former" not in json.dumps(phone.cached()["/kit/ar"])[:20]
    phone.waits(1)
    phone.context.unroute_all()
    phone.send()
    phone.confirmed(1)


def test_another_tab_with_a_newer_schema(site: Site, take: Take) -> None:
    stage, phone = site.build(half_day), take()
    phone.begin(stage)
    phone.cut()
    phone.go_to(stage.roll)
    phone.mark(stage.people[0])
    phone.page.evaluate("new Promise((resolve) => { const asked = indexedDB.open('seamwise-kit', 99); asked.onsuccess = () => { asked.result.close(); resolve(); }; })")
    phone.notice("There is a newer version of this page")


def test_a_storage_that_is_really_full_says_that_the_mark_is_not_saved(site: Site, take: Take) -> None:
    """The browser itself has no room left: what it refuses is said to be lost, and what was kept before arrives."""
    stage, phone = site.build(half_day), take()
    room = {"origin": phone.address, "quotaSize": 4_000_000}
    phone.context.new_cdp_session(phone.page).send("Storage.overrideQuotaForOrigin", room)
    phone.begin(stage)
    phone.cut()
    phone.go_to(stage.roll)
    phone.mark(stage.people[0])
    assert 1_000_000 < phone.page.evaluate(FILL) < 4_000_000
    phone.touch(phone.row(stage.people[1]).locator("[data-mark=p]"))
    phone.notice("The storage of this phone is full. The last mark was NOT saved.")
    assert phone.row(stage.people[1]).locator("[data-mark=p]").get_attribute("aria-pressed") == "false"
    phone.page.reload()
    phone.row(stage.people[0]).locator("[data-mark=p][aria-pressed=true]").wait_for()
    assert phone.row(stage.people[1]).locator("[data-mark=p]").get_attribute("aria-pressed") == "false"
    phone.waits(1)
    phone.page.evaluate("new Promise((resolve) => { indexedDB.deleteDatabase('filler').onsuccess = resolve; })")
    phone.mark(stage.people[1])
    phone.waits(2)
    phone.join()
    phone.confirmed(2)
    assert counted(site, stage.meeting) == dict.fromkeys(stage.people[:2], "present")
