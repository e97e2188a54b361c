/** The public API, asked as any other client asks it. The key is kept in this tab alone. */
const KEY = 'tidemark.key';
const BASE = new URL('api/v1/', new URL('.', document.baseURI));

export const key = {
  get: () => sessionStorage.getItem(KEY),
  set: value => sessionStorage.setItem(KEY, value),
  forget: () => sessionStorage.removeItem(KEY),
};

/** What a call was answered that was not what it asked for. */
export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? body?.title ?? 'HTTP ' + status);
    this.status = status;
    this.title = body?.title ?? 'HTTP ' + status;
    this.errors = body?.errors ?? [];
    this.requestId = body?.request_id ?? null;
  }
}

function query(parameters) {
  const pairs = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return pairs.length === 0 ? '' : '?' + new URLSearchParams(pairs);
}

export const path = (...segments) => segments.map(encodeURIComponent).join('/');

async function call(method, where, parameters, body, signal) {
  let answer;
  try {
    answer = await fetch(new URL(where, BASE) + query(parameters), {
      method,
      signal,
      headers: { 'X-Api-Key': key.get(), ...(body ? { 'Content-Type': 'application/json' } : {}) },
      body: body ? JSON.stringify(body) : undefined,
      cache: 'no-store',
      credentials: 'omit',
    });
  } catch (failed) {
    if (failed.name === 'AbortError') throw failed;
    throw new Problem(0, { title: 'No answer', detail: 'The server cannot be reached. Is it running, and the network up?' });
  }
  const text = await answer.text();
  let json = null;
  try {
    json = text === '' ? null : JSON.parse(text);
  } catch (noJson) {
    throw new Problem(answer.status, { title: 'No answer', detail: 'Something before the server answered, not the server.' });
  }
  if (answer.status === 401) dispatchEvent(new Event('tidemark:signed-out'));
  if (!answer.ok) throw new Problem(answer.status, json);
  return json;
}

export const get = (where, parameters = {}, signal = undefined) => call('GET', where, parameters, undefined, signal);
export const patch = (where, body) => call('PATCH', where, {}, body);
export const post = (where, body) => call('POST', where, {}, body);
export const remove = where => call('DELETE', where, {});

/** What is asked without a key, beside the API. */
export const root = where => new URL(where, new URL('.', document.baseURI));

/** A word of a command line, whatever is in it. */
export const quoted = text => (/^[\w@.:/-]+$/.test(text) ? text : "'" + text.replaceAll("'", "'\\''") + "'");

/** The same call for a terminal. */
export function curl(where, parameters = {}) {
  return 'curl -H "X-Api-Key: $KEY" ' + quoted(new URL(where, BASE) + query(parameters));
}
