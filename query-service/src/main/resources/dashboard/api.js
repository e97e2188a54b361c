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

/** As an answer, whatever its status. */
async function send(method, where, parameters, body, signal, token) {
  try {
    return await fetch(new URL(where, BASE) + query(parameters), {
      method,
      signal,
      headers: { 'X-Api-Key': token ?? key.get(), ...(body ? { 'Content-Type': 'application/json' } : {}) },
      body: body ? JSON.stringify(body) : undefined,
      cache: 'no-store',
      credentials: 'omit',
    });
  } catch (failed) {
    if (failed.name === 'AbortError') throw failed;
    throw new Problem(0, { title: 'No answer', detail: 'The server cannot be reached. Is it running, and the network up?' });
  }
}

const notTheServer = status => new Problem(status, { title: 'No answer', detail: 'Something before the server answered, not the server.' });

/** The JSON of an answer that is what was asked for. */
async function read(answer, token) {
  const text = await answer.text();
  let json = null;
  try {
    json = text === '' ? null : JSON.parse(text);
  } catch (noJson) {
    throw notTheServer(answer.status);
  }
  if (answer.status === 401 && token === null) dispatchEvent(new Event('tidemark:signed-out'));
  if (!answer.ok) throw new Problem(answer.status, json);
  return json;
}

/** @param token whom to ask as, where that is not who is signed in: it is kept nowhere, and signs nobody out */
async function call(method, where, parameters, body, signal, token = null) {
  return read(await send(method, where, parameters, body, signal, token), token);
}

/** What a call answers as CSV: the file's name and its bytes, and which partitions are missing in it, in words; null where none is. */
export async function file(where, parameters, signal) {
  const answer = await send('GET', where, { ...parameters, format: 'csv' }, undefined, signal, null);
  const header = name => answer.headers.get(name);
  if (!answer.ok) await read(answer, null);
  if (!header('Content-Type')?.startsWith('text/csv')) throw notTheServer(answer.status);
  return {
    name: header('Content-Disposition')?.match(/filename="([^"]+)"/)?.[1] ?? 'usage.csv',
    bytes: await answer.blob(),
    missing: header('Tidemark-Missing-Partitions'),
  };
}

/** Server-sent events, each as {event, id, data}; ends when the server ends it. Not by EventSource, which sends no key. */
export async function* events(where, parameters, last, signal) {
  const answer = await fetch(new URL(where, BASE) + query(parameters), {
    signal,
    headers: { 'X-Api-Key': key.get(), ...(last ? { 'Last-Event-ID': last } : {}) },
    cache: 'no-store',
    credentials: 'omit',
  });
  if (!answer.ok) throw new Problem(answer.status, null);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const messages = (rest + chunk.value).split('\n\n');
    rest = messages.pop();
    for (const text of messages) {
      const field = name => text.split('\n').find(line => line.startsWith(name + ': '))?.slice(name.length + 2);
      yield { event: field('event') ?? '', id: field('id'), data: field('data') };
    }
  }
}

export const get = (where, parameters = {}, signal = undefined) => call('GET', where, parameters, undefined, signal);
export const getAs = (token, where, parameters = {}, signal = undefined) => call('GET', where, parameters, undefined, signal, token);
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

/** The same of what is asked without a key. */
export const curlOfRoot = where => 'curl ' + quoted(root(where).href);
