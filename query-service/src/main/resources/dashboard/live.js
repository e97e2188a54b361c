import * as api from './api.js';

const AT_MOST_EVERY = 1_000;
/** So often where nothing is heard of changes. */
const ASK_EVERY = 3_000;
/** So often in any case: how fresh an answer is changes too. */
const AT_LEAST_EVERY = 15_000;

/** Runs {@code again} after each change that the stream tells of, at most once a second and while somebody looks; without a stream every few seconds. */
export async function follow(parameters, again, signal) {
  const heard = { changed: false, streaming: false };
  listen(parameters, heard, signal);
  let last = performance.now();
  while (!signal.aborted) {
    await new Promise(go => setTimeout(go, AT_MOST_EVERY));
    const since = performance.now() - last;
    const due = since >= 0 && (heard.changed || since >= (heard.streaming ? AT_LEAST_EVERY : ASK_EVERY));
    if (due && !signal.aborted && !document.hidden) {
      heard.changed = false;
      last = performance.now();
      const began = performance.now();
      await again();
      // Of many customers an answer takes its time: it is not asked for without end.
      last += 4 * (performance.now() - began);
    }
  }
}

async function listen(parameters, heard, signal) {
  let last = null;
  while (!signal.aborted) {
    try {
      for await (const message of api.events('usage/stream', { ...parameters, snapshot: false }, last, signal)) {
        heard.streaming = true;
        last = message.id ?? last;
        // Also by the first message: what changed since the view was drawn may not be told.
        if (message.event !== '') heard.changed = true;
      }
    } catch (problem) {
      // Asked again below: what is wrong, the calls say that are made every few seconds.
      if (problem.status === 404) return;
    } finally {
      heard.streaming = false;
    }
    await new Promise(go => setTimeout(go, ASK_EVERY));
  }
}
