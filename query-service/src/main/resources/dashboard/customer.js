import * as api from './api.js';
import { h, replace, redraw, announce } from './dom.js';
import { place, link, windowFor } from './place.js';
import { instant } from './format.js';
import { follow } from './live.js';
import { freshness, skeleton, stopLoading, copyAsCurl, csvButton, pickers, problemBox, Series } from './parts.js';
import { figures, meterTable } from './used.js';
import { Sharing } from './sharing.js';
import { requestTable } from './events.js';

const EDITABLE = [
  ['name', 'Name', 'text'], ['email', 'E-mail', 'email'], ['phone', 'Phone', 'tel'], ['currency', 'Currency', 'text'], ['timezone', 'Time zone', 'text'],
];

export function customer(main, signal) {
  new OneCustomer(main, signal).begin();
}

class OneCustomer {
  constructor(main, signal) {
    this.main = main;
    this.signal = signal;
    this.at = place();
    this.id = this.at.segments[1] ?? '';
    this.asked = { period: this.at.period, timezone: this.at.zone };
    this.problem = h('div', { class: 'problems' });
    this.title = h('h1', {}, this.id);
    this.said = h('p', {}, '\u00a0');
    this.cards = h('div', { class: 'cards' }, ['Requests', 'Cost', 'Credits', 'Tokens'].map(name =>
      h('div', { class: 'card kpi' }, h('span', { class: 'name' }, name), skeleton(1))));
    this.series = new Series(this.at.zone, csvButton(() => api.file(this.where('usage'), this.parameters(), this.signal)));
    this.meters = h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Usage by meter' }, skeleton(2));
    this.details = h('div', {}, skeleton(4));
    this.requests = h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'The newest requests' }, skeleton(3));
    this.sharing = new Sharing(this.where('share-links'), this.at.zone, signal);
    this.loading = h('progress', { class: 'load', 'aria-label': 'Loading' });
    replace(main, this.loading,
      h('div', { class: 'bar' },
        h('div', { class: 'title' }, h('p', {}, h('a', { href: link(['overview']) }, '← All customers')), this.title, this.said),
        h('div', { class: 'tools' }, pickers())),
      this.problem, this.cards,
      h('div', { class: 'columns' },
        h('div', {}, this.series.element,
          h('section', { class: 'card block', 'aria-labelledby': 'meters-title' },
            h('div', { class: 'head' }, h('h2', { id: 'meters-title' }, 'By meter')), this.meters)),
        h('div', {},
          h('section', { class: 'card', 'aria-labelledby': 'details-title' }, h('div', { class: 'head' }, h('h2', { id: 'details-title' }, 'Details')), this.details),
          this.sharing.element)),
      h('section', { class: 'card block', 'aria-labelledby': 'requests-title' },
        h('div', { class: 'head' }, h('h2', { id: 'requests-title' }, 'Recent requests'), h('a', { class: 'button', href: link(['events', 'live'], { customer: this.id }) }, 'Watch')), this.requests),
      copyAsCurl(this.where('usage'), this.parameters()));
    signal.addEventListener('abort', () => this.series.close());
  }

  where(...more) {
    return api.path('customer-by-external-id', this.id, ...more);
  }

  parameters() {
    return { ...this.asked, window: windowFor(this.at.period) };
  }

  async begin() {
    await Promise.all([this.refresh(), this.record(), this.recent(), this.sharing.list()]);
    await follow({ external_customer_id: this.id }, () => Promise.all([this.refresh(), this.recent()]), this.signal);
  }

  async refresh() {
    try {
      this.show(await api.get(this.where('usage'), this.parameters(), this.signal));
      replace(this.problem);
    } catch (problem) {
      this.failed(problem);
    } finally {
      this.loading.remove();
    }
  }

  failed(problem) {
    if (problem.name === 'AbortError') return;
    // Of whom nothing is known, there is nothing to show but that.
    this.main.classList.toggle('bare', this.usage === undefined);
    stopLoading();
    replace(this.problem, problemBox(problem, () => this.refresh()));
  }

  show(usage) {
    this.usage = usage;
    this.main.classList.remove('bare');
    replace(this.title, usage.customer.name ?? this.id);
    document.title = (usage.customer.name ?? this.id) + ' · Tidemark';
    replace(this.said, (usage.customer.name === null ? '' : this.id + ' · ') + instant(usage.period.from, this.at.zone) + ' – ' + instant(usage.period.to, this.at.zone) + ' ', freshness(usage, this.at.zone));
    replace(this.cards, figures(usage));
    this.series.show(usage);
    this.meterTable(usage);
  }

  async recent() {
    try {
      const page = await api.get('request-logs', { external_customer_id: this.id, limit: 10 }, this.signal);
      redraw(this.requests, page.data.length > 0 ? requestTable(page.data, this.at.zone, false) : h('div', { class: 'empty' }, h('p', {}, 'No request of this customer is kept.')));
    } catch (problem) {
      if (problem.name !== 'AbortError') replace(this.requests, h('div', { class: 'empty' }, h('p', {}, problem.message)));
    }
  }

  meterTable(usage) {
    if (usage.meters.length === 0) {
      replace(this.meters, h('div', { class: 'empty' }, h('p', {}, 'Nothing was used in this period.'),
        h('pre', {}, './tidemark send usage --customer ' + api.quoted(this.id) + ' --meter storage_gb --quantity 12.5')));
      return;
    }
    replace(this.meters, meterTable(usage));
  }

  async record() {
    try {
      this.known(await api.get(this.where(), {}, this.signal));
    } catch (problem) {
      if (problem.name === 'AbortError') return;
      replace(this.details, problem.status === 404
        ? h('p', {}, 'The directory does not have this customer yet; it will a moment after its first event.')
        : problemBox(problem));
    }
  }

  known(record) {
    const fact = (name, value) => value ? [h('dt', {}, name), h('dd', {}, value)] : [];
    replace(this.details,
      h('dl', { class: 'facts' },
        fact('Our id', h('span', { class: 'mono' }, record.id)), fact('External id', h('span', { class: 'mono' }, record.external_id)),
        fact('State', record.is_active ? h('span', { class: 'badge' }, 'Active') : h('span', { class: 'badge warn' }, 'Left out of reports')),
        EDITABLE.map(([name, title]) => fact(title, record[name])),
        fact('First seen', record.first_seen_at && instant(record.first_seen_at, this.at.zone)),
        fact('Last seen', record.last_seen_at && instant(record.last_seen_at, this.at.zone)),
        Object.entries(record.metadata ?? {}).map(([name, value]) => fact(name, value))),
      h('button', { type: 'button', class: 'after', id: 'edit', onclick: () => this.edit(record) }, 'Edit'));
  }

  edit(record) {
    const said = h('div', {});
    const inputs = EDITABLE.map(([name, title, type]) => [name, h('input', { id: 'edit-' + name, type, value: record[name] ?? '', autocomplete: 'off' }), title]);
    const active = h('input', { type: 'checkbox', id: 'edit-active' });
    active.checked = record.is_active;
    const save = h('button', { class: 'primary', type: 'submit' }, 'Save');
    replace(this.details, h('form', { class: 'grid', onsubmit: async event => {
      event.preventDefault();
      save.disabled = true;
      const changes = {};
      for (const [name, input] of inputs) if (input.value !== (record[name] ?? '')) changes[name] = input.value;
      if (active.checked !== record.is_active) changes.is_active = active.checked;
      try {
        this.known(Object.keys(changes).length === 0 ? record : await api.patch(this.where(), changes));
        announce('Saved');
        await this.refresh();
      } catch (problem) {
        replace(said, problemBox(problem));
        save.disabled = false;
      }
    } },
    said,
    inputs.map(([, input, title]) => h('label', { class: 'field', for: input.id }, title, input)),
    h('label', {}, active, ' Part of reports'),
    h('div', { class: 'tools' }, save, h('button', { type: 'button', onclick: () => this.known(record) }, 'Cancel'))));
    inputs[0][1].focus();
  }
}
