// Taking down from a screen: what could not be kept is said to be lost, and nothing says "saved" before it is.
import { isStale, known, wipe } from "./kit-day.js";
import { deliver, takeDown } from "./kit-outbox.js";
import { StoreFull } from "./kit-store.js";
import { Shut } from "./kit-seal.js";
import { notice, say } from "./kit-words.js";

// Whether all of it is on this phone now.
export async function save(things) {
  if (isStale() || !known.device?.site) {
    await wipe();
    notice(say("shut"), "harm");
    return false;
  }
  try {
    await takeDown(things);
  } catch (error) {
    notice(say(error instanceof StoreFull ? "full" : error instanceof Shut ? "shut" : "lost"), "harm");
    return false;
  }
  if (navigator.onLine) setTimeout(deliver, 1_500);
  return true;
}
