// What stays on this phone: sealed records until a receipt comes, and what only the signed-in person can read.
const NAME = "seamwise-kit";

// Every version that ever was, in order. A step adds and never makes anew: records wait in what was there before.
const STEPS = [
  (db) => {
    db.createObjectStore("outbox", { keyPath: "place", autoIncrement: true });
    db.createObjectStore("facts");
  },
  (db, write) => {
    db.createObjectStore("devices", { keyPath: "device" });
    db.createObjectStore("day");
    db.createObjectStore("said", { keyPath: "place", autoIncrement: true });
    db.createObjectStore("receipts", { keyPath: "place", autoIncrement: true });
    const [facts, devices] = ["facts", "devices"].map((name) => write.objectStore(name));
    facts.get("device").onsuccess = ({ target: { result: device } }) => {
      if (!device) return;
      devices.put(device); // there was one account for each phone
      facts.put(device.device, "current");
      facts.delete("device");
    };
  },
  (db) => {
    db.createObjectStore("held", { keyPath: "place", autoIncrement: true });
    db.createObjectStore("parcels", { keyPath: "place", autoIncrement: true });
  },
];

export class NoStore extends Error {}
export class StoreFull extends Error {}

const told = new EventTarget();
let opened = null;

export const whenNewer = (act) => told.addEventListener("newer", act);

function open() {
  opened ??= new Promise((resolve, reject) => {
    if (!globalThis.indexedDB) return reject(new NoStore());
    const asked = indexedDB.open(NAME, STEPS.length);
    asked.onupgradeneeded = ({ oldVersion }) => {
      for (const step of STEPS.slice(oldVersion)) step(asked.result, asked.transaction);
    };
    asked.onsuccess = () => {
      const db = asked.result;
      db.onclose = forget; // the browser took it away: the next use opens it again
      db.onversionchange = () => {
        db.close();
        forget();
        told.dispatchEvent(new Event("newer"));
      };
      resolve(db);
    };
    asked.onerror = () => reject(new NoStore(asked.error?.message));
  });
  opened.catch(forget);
  return opened;
}

const forget = () => (opened = null);

async function transaction(stores, mode) {
  for (let tries = 0; ; tries += 1) {
    const db = await open();
    try {
      return db.transaction(stores, mode, { durability: "strict" });
    } catch (error) {
      if (error.name !== "InvalidStateError" || tries === 2) throw error;
      forget();
    }
  }
}

// One transaction. `work` is given the stores by name and may only ask them; what it answers comes once all is on the disk.
export async function change(stores, work, mode = "readwrite") {
  const held = await transaction(stores, mode);
  return new Promise((resolve, reject) => {
    let answer;
    held.oncomplete = () => resolve(answer instanceof IDBRequest ? answer.result : answer);
    held.onabort = () => reject(named(held.error));
    try {
      answer = work(Object.fromEntries(stores.map((name) => [name, held.objectStore(name)])));
    } catch (error) {
      held.abort();
      reject(named(error));
    }
  });
}

const named = (error) => (error?.name === "QuotaExceededError" ? new StoreFull() : error ?? new NoStore());

export const one = (store, key) => change([store], (stores) => stores[store].get(key), "readonly");
export const all = (store) => change([store], (stores) => stores[store].getAll(), "readonly");
export const put = (store, value, key) => change([store], (stores) => void stores[store].put(value, key));

export const remove = () =>
  new Promise((resolve) => {
    opened?.then((db) => db.close(), () => {});
    forget();
    const asked = indexedDB.deleteDatabase(NAME);
    asked.onsuccess = asked.onerror = asked.onblocked = resolve;
  });
