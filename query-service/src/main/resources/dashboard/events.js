import * as api from './api.js';
import { h, replace, redraw } from './dom.js';
import { place, link } from './place.js';
import { count, decimal, instant, moment } from './format.js';
import { skeleton, copyAsCurl, freshness, problemBox } from './parts.js';

const EVERY = 2_000;
const ROWS = 50;
const TABS = [['live', 'Live'], ['why', 'Why?'], ['rejected', 'Rejected']];

export function events(main, signal) {
  const now = place();
  const tab = TABS.find(([name]) => name === now.segments[1])?.[0] ?? 'live';
  const body = h('div', {});
  const badge = h('span', {});
  const problem = h('div', {});
  replace(main,
    h('div', { class: 'bar' },
      h('div', { class: 'title' }, h('h1', {}, 'Events'), h('p', {}, 'Single requests as they are counted, what became of one event, and what was not counted. ', badge)),
      h('nav', { class: 'segments', 'aria-label': 'Events' }, TABS.map(([name, title]) =>
        h('a', { class: 'button', href: link(['events', name]), 'aria-current': name === tab ? 'page' : null }, title)))),
    problem, body);
  const failed = (why, again) => {
    if (why.name === 'AbortError') return;
    replace(problem, problemBox(why, again));
  };
  ({ live, why, rejected })[tab]({ body, badge, problem, failed, signal, zone: now.zone, now });
}

/** The newest requests, anew every other second; nothing moves while it is paused. */
async function live({ body, badge, problem, failed, signal, zone, now }) {
  const filter = { external_customer_id: now.get('customer'), status: now.get('status'), model: now.get('model') };
  let paused = false;
  const table = h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'The newest requests' }, skeleton(6));
  const pause = h('button', { type: 'button', 'aria-pressed': 'false', onclick: () => {
    paused = !paused;
    pause.textContent = paused ? 'Go on' : 'Pause';
    pause.setAttribute('aria-pressed', String(paused));
  } }, 'Pause');
  const field = (name, title) => h('label', { class: 'field' }, title, h('input', { value: filter[name] ?? '', onchange: event => {
    location.hash = link(['events', 'live'], { customer: filter.external_customer_id, status: filter.status, model: filter.model, [name === 'external_customer_id' ? 'customer' : name]: event.target.value || null });
  } }));
  replace(body, h('section', { class: 'card', 'aria-labelledby': 'live-title' },
    h('div', { class: 'head' }, h('h2', { id: 'live-title' }, 'Requests'),
      h('div', { class: 'tools' }, field('external_customer_id', 'Customer'), field('model', 'Model'), field('status', 'Status'), pause)),
    table), copyAsCurl('request-logs', { ...filter, limit: ROWS }));
  while (!signal.aborted) {
    try {
      if (!paused && !document.hidden) {
        const page = await api.get('request-logs', { ...filter, limit: ROWS }, signal);
        if (paused) continue;
        replace(problem);
        replace(badge, freshness(page, zone));
        redraw(table, page.data.length > 0 ? requestTable(page.data, zone) : page.meta.next_cursor ? h('div', { class: 'empty' }, h('p', {}, 'None among the newest that were looked at.')) : h('div', { class: 'empty' }, h('p', {}, 'No request yet. Send one, and it is here within a second:'),
          h('pre', {}, './tidemark send request --customer customer_123 --model gpt-x --status ok')));
      }
    } catch (why) {
      if (why.status === 404) {
        replace(problem);
        replace(table, h('div', { class: 'empty' }, h('p', {}, 'Single requests are not kept here: keep-requests is 0s.')));
        return;
      }
      failed(why);
    } finally {
      await new Promise(go => setTimeout(go, EVERY));
    }
  }
}

/** No two records lie at the same place. */
const key = row => row.record.topic + row.record.partition + '@' + row.record.offset;

export function requestTable(rows, zone, withCustomer = true) {
  return h('table', {}, h('caption', {}, 'The newest ' + rows.length + ' requests'),
    h('thead', {}, h('tr', {}, ['Time', withCustomer ? 'Customer' : null, 'Model', 'Status'].filter(Boolean).map(title => h('th', { scope: 'col' }, title)),
      ['Tokens', 'Latency'].map(title => h('th', { scope: 'col', class: 'number wide' }, title)), h('th', { scope: 'col', class: 'number' }, 'Cost'), h('th', { scope: 'col', class: 'wide' }, 'Event'))),
    h('tbody', {}, rows.map(row => h('tr', {},
      h('td', { class: 'time', title: instant(row.occurred_at, zone, true) }, moment(row.occurred_at, zone)),
      withCustomer ? h('td', { class: 'named' }, h('a', { href: link(['customer', row.customer.external_id]), 'data-key': 'of ' + key(row) }, row.customer.name ?? row.customer.external_id)) : null,
      h('td', { class: 'named' }, row.model ?? '–', row.provider ? h('div', { class: 'sub' }, row.provider) : null),
      h('td', {}, row.status === null ? '–' : h('span', { class: 'badge' + (/^(ok|success|2\d\d)$/i.test(row.status) ? '' : ' warn') }, row.status)),
      h('td', { class: 'number wide' }, count(row.input_tokens) + ' / ' + count(row.output_tokens)),
      h('td', { class: 'number wide' }, row.latency_ms === null ? '–' : count(row.latency_ms) + ' ms'),
      h('td', { class: 'number' }, row.currency === null ? '–' : decimal(row.cost, 2) + ' ' + row.currency),
      h('td', { class: 'wide id' }, h('a', { class: 'mono', title: row.id, 'data-key': key(row), href: link(['events', 'why'], { event: row.id, customer: row.customer.external_id, source: row.source }) }, h('bdi', {}, row.id)))))));
}

/** What became of one event. */
async function why({ body, badge, problem, failed, signal, zone, now }) {
  const said = h('div', {});
  const input = (id, title, value, required) => h('label', { class: 'field', for: id }, title, h('input', { id, name: id, value: value ?? '', required, autocomplete: 'off', spellcheck: 'false' }));
  const form = h('form', { class: 'grid', onsubmit: event => {
    event.preventDefault();
    const given = new FormData(form);
    location.hash = link(['events', 'why'], { event: given.get('event'), customer: given.get('customer'), source: given.get('source') || null });
  } }, input('event', 'Event id', now.get('event'), true), input('customer', 'Customer (external id)', now.get('customer'), true), input('source', 'Source, where it has one', now.get('source'), false),
  h('button', { class: 'primary', type: 'submit' }, 'Explain'));
  replace(body, h('section', { class: 'card', 'aria-labelledby': 'why-title' }, h('div', { class: 'head' }, h('h2', { id: 'why-title' }, 'Why was this (not) counted?')), form), said);
  if (!now.get('event')) return;
  replace(said, skeleton(4));
  const asked = { external_customer_id: now.get('customer'), source: now.get('source') };
  try {
    const fate = await api.get(api.path('events', now.get('event')), asked, signal);
    replace(problem);
    replace(badge, freshness(fate, zone));
    replace(said, explained(fate, zone), copyAsCurl(api.path('events', now.get('event')), asked));
  } catch (refused) {
    replace(said);
    failed(refused);
  }
}

const SENTENCES = {
  counted: 'It is counted.',
  duplicate: 'This record is not counted: the same event was counted before.',
  conflict: 'This record is not counted: an event of the same id with other content was counted before.',
  rejected: 'It is not counted: it was rejected.',
  parked: 'It waits: the schema registry could not say yet what its schema is. It is counted by itself when it does.',
  pending: 'It is not handled yet.',
  unknown: 'Nothing is known of it.',
};

const REASONS = {
  never_seen: 'No event of this id, customer and source ever came. Check all three: they are the identity.',
  may_be_parked: 'Events of this customer wait whose ids cannot be read yet; it may be one of them.',
  older_than_ids_are_kept: 'It is older than ids are kept.',
  record_gone: 'Its record was deleted by retention.',
  customer_erased: 'Its customer was erased.',
};

function explained(fate, zone) {
  const good = fate.fate === 'counted' || fate.fate === 'duplicate';
  const facts = pairs => h('dl', { class: 'facts' }, pairs.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
  const at = one => one && one.topic + ' ' + one.partition + ' @ ' + one.offset;
  return h('section', { class: 'card block', 'aria-labelledby': 'fate-title' },
    h('div', { class: 'head' }, h('h2', { id: 'fate-title' }, SENTENCES[fate.fate] ?? fate.fate), h('span', { class: 'badge ' + (good ? '' : 'warn') }, fate.fate)),
    fate.reason ? h('p', {}, REASONS[fate.reason] ?? fate.reason) : null,
    fate.counted ? facts([
      ['Counted in', instant(fate.counted.minute, zone) + ' (' + zone + ')'], ['Meter', fate.counted.meter],
      ['Quantity', fate.counted.quantity && decimal(fate.counted.quantity)], ['Credits', fate.counted.credits && decimal(fate.counted.credits)],
      ['Cost', (fate.counted.cost ?? []).map(one => decimal(one.amount, 2) + ' ' + one.currency).join(', ')],
      ['Arrived', instant(fate.counted.appended_at, zone, true) + (fate.counted.late ? ', late' : '')], ['Record', at(fate.counted)]]) : null,
    fate.first_sight ? facts([['First sight', at(fate.first_sight)]]) : null,
    (fate.differences ?? []).length > 0 ? h('table', {}, h('caption', {}, 'In what they differ'),
      h('thead', {}, h('tr', {}, ['Field', 'Counted', 'This one'].map(title => h('th', { scope: 'col' }, title)))),
      h('tbody', {}, fate.differences.map(one => h('tr', {}, h('th', { scope: 'row' }, one.field), h('td', {}, String(one.first)), h('td', {}, String(one.this)))))) : null,
    (fate.rejections ?? []).map(one => h('div', {}, h('h3', {}, 'Rejected ' + (one.arrived_at ? instant(one.arrived_at, zone, true) : '')),
      h('ul', {}, (one.faults ?? []).map(fault => h('li', {}, fault.detail))))),
    fate.record?.fields ? h('details', { class: 'record' }, h('summary', {}, 'The record as it came'), h('pre', { tabindex: '0' }, JSON.stringify(fate.record.fields, null, 2))) : null);
}

/** What was not counted, and why; how many by reason. */
async function rejected({ body, badge, problem, failed, signal, zone, now }) {
  const filter = { reason: now.get('reason'), external_customer_id: now.get('customer'), state: now.get('state') ?? 'open', limit: ROWS };
  const counts = h('div', { class: 'tools' });
  const table = h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Their list' }, skeleton(4));
  const more = h('div', {});
  replace(body, h('section', { class: 'card', 'aria-labelledby': 'rejected-title' },
    h('div', { class: 'head' }, h('h2', { id: 'rejected-title' }, 'Rejected events'), counts), table, more), copyAsCurl('rejected-events', filter));
  let rows = [];
  const take = page => {
    rows = [...rows, ...page.data];
    replace(badge, freshness(page, zone));
    replace(table, rows.length === 0 ? h('div', { class: 'empty' }, h('h3', {}, 'Nothing is left open'), h('p', {}, 'Events that cannot be counted lie here with all that is wrong with them.'))
      : h('table', {}, h('caption', {}, 'Newest first'),
        h('thead', {}, h('tr', {}, ['Arrived', 'Customer', 'Event', 'Why'].map(title => h('th', { scope: 'col' }, title)))),
        h('tbody', {}, rows.map(one => h('tr', {}, h('td', { class: 'time' }, instant(one.arrived_at, zone, true)), h('td', {}, one.external_customer_id ?? '–'),
          h('td', { class: 'named' }, one.event_id && one.external_customer_id ? h('a', { class: 'mono', href: link(['events', 'why'], { event: one.event_id, customer: one.external_customer_id, source: one.source }) }, one.event_id) : one.id,
            h('div', { class: 'sub' }, one.topic + ' ' + one.partition + ' @ ' + one.offset)),
          h('td', { class: 'named' }, one.faults.map(fault => h('div', {}, fault.detail)), one.resolved.state === 'open' ? null : h('span', { class: 'badge' }, 'Resolved')))))));
    replace(more, page.meta.next_cursor ? h('div', { class: 'more' }, h('button', { type: 'button', onclick: () => next(page.meta.next_cursor) }, 'Show more')) : null);
  };
  const next = async cursor => {
    try {
      let page = await api.get('rejected-events', cursor ? { ...filter, cursor } : filter, signal);
      // A page may have no rows, and another follow.
      while (page.data.length === 0 && page.meta.next_cursor) page = await api.get('rejected-events', { ...filter, cursor: page.meta.next_cursor }, signal);
      take(page);
      replace(problem);
    } catch (why) {
      failed(why, () => next(cursor));
    }
  };
  try {
    const all = await api.get('rejected-events/counts', {}, signal);
    replace(counts, h('div', { class: 'segments', role: 'group', 'aria-label': 'Reason; how many came within 30 days, open or not' },
      [['', 'All ' + count(all.total)], ...all.reasons.map(one => [one.reason, one.reason.replaceAll('_', ' ') + ' ' + count(one.count)])].map(([reason, title]) =>
        h('button', { type: 'button', 'aria-pressed': String((filter.reason ?? '') === reason), onclick: () => { location.hash = link(['events', 'rejected'], { reason: reason || null, customer: filter.external_customer_id }); } }, title))));
  } catch (why) {
    failed(why);
  }
  await next(null);
}
