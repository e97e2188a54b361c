import * as api from './api.js';
import { h, replace, redraw } from './dom.js';
import { place, link, windowFor } from './place.js';
import { decimal, rounded, count, money, moneyRounded, share, change, instant, moment } from './format.js';
import { follow } from './live.js';
import { freshness, kpi, skeleton, stopLoading, copyAsCurl, csvButton, pickers, problemBox, Series } from './parts.js';
import { customersAsCsv } from './used.js';

const PAGE = 50;
/** What the server gives at once: who has gone through more reads on undisturbed. */
const MOST = 1_000;
const COLUMNS = [
  { name: 'external_id', title: 'Customer' },
  { name: 'requests', title: 'Requests', number: true },
  { name: 'credits', title: 'Credits', number: true, wide: true },
  { name: 'cost', title: 'Cost', number: true },
];

export function overview(main, signal) {
  new Overview(main, signal).begin();
}

class Overview {
  constructor(main, signal) {
    this.signal = signal;
    this.at = place();
    this.asked = { period: this.at.period, timezone: this.at.zone };
    this.sort = { by: this.at.get('sort'), dir: this.at.get('dir') };
    this.search = this.at.get('q') ?? '';
    this.rows = [];
    this.wanted = PAGE;
    this.cursor = null;
    this.turn = 0;
    this.problem = h('div', {});
    this.cards = h('div', { class: 'cards' }, ['Requests', 'Cost', 'Credits', 'Tokens'].map(name =>
      h('div', { class: 'card kpi' }, h('span', { class: 'name' }, name), skeleton(1))));
    this.series = new Series(this.at.zone);
    this.table = h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Customers by usage' }, skeleton(6));
    this.more = h('div', {});
    const file = csvButton(() => this.file());
    this.loading = h('progress', { class: 'load', 'aria-label': 'Loading' });
    this.curl = h('div', {}, this.asCurl());
    const searching = h('input', { type: 'search', id: 'search', placeholder: 'Name, e-mail or id', value: this.search, oninput: event => this.searchFor(event.target.value) });
    replace(main, this.loading,
      h('div', { class: 'bar' },
        h('div', { class: 'title' }, h('h1', {}, 'Overview'), this.said = h('p', {}, '\u00a0')),
        h('div', { class: 'tools' }, pickers())),
      this.problem, this.cards, this.series.element,
      h('section', { class: 'card block', 'aria-labelledby': 'customers-title' },
        h('div', { class: 'head' }, h('h2', { id: 'customers-title' }, 'Customers'),
          h('div', { class: 'tools' },
            h('label', { class: 'field' }, h('span', { class: 'visually-hidden' }, 'Search customers'), searching),
            file.button)),
        file.said, this.table, this.more),
      this.curl);
    signal.addEventListener('abort', () => {
      clearTimeout(this.soon);
      this.series.close();
    });
  }

  async begin() {
    await this.refresh();
    await follow({}, () => this.refresh(this.goesOn()), this.signal);
  }

  /** Whether the list is one call, which may be made again and again. */
  goesOn() {
    return this.search === '' && this.wanted <= MOST;
  }

  /** @param listed whether the list is asked for too */
  async refresh(listed = true) {
    try {
      const window = windowFor(this.at.period);
      const usage = api.get('usage', { ...this.asked, window }, this.signal).then(answer => this.show(answer));
      await Promise.all([usage, !listed ? undefined : this.search === '' ? this.firstPages() : this.found()]);
      replace(this.problem);
      if (!this.before) await this.compare();
    } catch (problem) {
      this.failed(problem);
    } finally {
      this.loading.remove();
    }
  }

  failed(problem) {
    if (problem.name === 'AbortError') return;
    stopLoading();
    replace(this.problem, problemBox(problem, () => this.refresh()));
  }

  show(usage) {
    this.usage = usage;
    replace(this.said, instant(usage.period.from, this.at.zone) + ' – ' + instant(usage.period.to, this.at.zone) + ' ', freshness(usage, this.at.zone));
    this.kpis();
    this.series.show(usage);
  }

  asCurl() {
    return copyAsCurl('usage/by-customer', { ...this.asked, sort_by: this.sort.by, sort_dir: this.sort.dir });
  }

  /** The same length of time, before. */
  async compare() {
    const { usage } = this;
    const from = new Date(usage.period.from);
    const before = new Date(from - (new Date(usage.period.to) - from));
    this.before = await api.get('usage', { from: before.toISOString(), to: usage.period.from }, this.signal);
    this.kpis();
  }

  kpis() {
    const { usage, before } = this;
    const than = of => before === undefined ? undefined : change(of(usage), of(before));
    const amount = (answer, currency) => Number(answer.cost.find(one => one.currency === currency)?.amount ?? 0);
    replace(this.cards,
      kpi('Requests', { text: count(usage.requests), before: than(answer => answer.requests) }),
      kpi('Cost', ...(usage.cost.length === 0 ? [{ text: '–' }] : usage.cost.map(one => (
        { text: rounded(one.amount, 2), unit: one.currency, exact: decimal(one.amount), before: than(answer => amount(answer, one.currency)) })))),
      kpi('Credits', { text: rounded(usage.credits), exact: decimal(usage.credits), before: than(answer => Number(answer.credits)) }),
      kpi('Tokens', { text: count(usage.input_tokens), unit: 'in' }, { text: count(usage.output_tokens), unit: 'out' }));
  }

  parameters(more = {}) {
    return { ...this.asked, sort_by: this.sort.by, sort_dir: this.sort.dir, limit: PAGE, ...more };
  }

  /** As many rows as are wanted, anew. Of answers that overtake each other, here and below, the one counts that was asked for last. */
  async firstPages() {
    const turn = ++this.turn;
    this.wanted = Math.min(MOST, this.wanted);
    const page = await api.get('usage/by-customer', this.parameters({ limit: this.wanted }), this.signal);
    if (turn === this.turn) this.take(page, page.data);
  }

  async nextPage() {
    const turn = ++this.turn;
    // Whoever overtakes this brings them too.
    this.wanted = this.rows.length + PAGE;
    try {
      const page = await api.get('usage/by-customer', { cursor: this.cursor, limit: PAGE }, this.signal);
      if (turn === this.turn) this.take(page, [...this.rows, ...page.data]);
    } catch (problem) {
      if (turn === this.turn) this.wanted = Math.max(PAGE, this.rows.length);
      this.failed(problem);
    }
  }

  take(page, rows) {
    this.rows = rows;
    this.cursor = page.meta.next_cursor;
    this.order = page.sort;
    this.total = page.totals.customers;
    this.excluded = page.excluded;
    this.list();
  }

  searchFor(text) {
    this.search = text.trim();
    clearTimeout(this.soon);
    this.soon = setTimeout(() => {
      history.replaceState(null, '', link(['overview'], { q: this.search || null, sort: this.sort.by, dir: this.sort.dir }));
      (this.search === '' ? this.firstPages() : this.found()).catch(problem => this.failed(problem));
    }, 250);
  }

  /** The directory finds them; each is asked for its own usage. */
  async found() {
    const turn = ++this.turn;
    const some = await api.get('customers', { search: this.search, per_page: 20 }, this.signal);
    const rows = await Promise.all(some.data.map(async one => {
      const usage = await api.get(api.path('customers', one.id, 'usage'), this.asked, this.signal);
      return { ...usage, customer_id: one.id, external_id: one.external_id, name: one.name, share: null };
    }));
    if (turn !== this.turn) return;
    this.rows = rows;
    this.cursor = null;
    this.total = some.meta.total;
    this.excluded = 0;
    this.list();
  }

  list() {
    if (this.rows.length === 0) {
      replace(this.table, this.search === '' ? this.nothingYet() : h('div', { class: 'empty' }, h('p', {}, 'No customer is called that.')));
      replace(this.more);
      return;
    }
    redraw(this.table, h('table', {},
      h('caption', {}, count(this.total) + (this.search === '' ? ' customers used something in this period' : ' customers found')
        + (this.excluded > 0 ? '; ' + count(this.excluded) + ' inactive or deleted ones are left out' : '')),
      h('thead', {}, h('tr', {}, COLUMNS.map(column => this.heading(column)), h('th', { scope: 'col', class: 'wide' }, 'Share'))),
      h('tbody', {}, this.rows.map(row => this.row(row)))));
    redraw(this.more, h('div', { class: 'more' }, count(this.rows.length) + ' of ' + count(this.total) + ' shown' + (this.goesOn() ? '' : ', as of ' + moment(Date.now(), this.at.zone)),
      this.cursor ? h('button', { type: 'button', id: 'more', 'data-key': 'more', onclick: () => this.nextPage() }, 'Show more') : null));
  }

  heading(column) {
    const here = this.search === '' && this.order?.by === column.name;
    return h('th', { scope: 'col', class: (column.number ? 'number' : '') + (column.wide ? ' wide' : ''), 'aria-sort': here ? (this.order.dir === 'asc' ? 'ascending' : 'descending') : 'none' },
      this.search !== '' ? column.title : h('button', { type: 'button', 'data-key': column.name, onclick: () => this.sortBy(column, here) }, column.title));
  }

  sortBy(column, here) {
    const dir = here ? (this.order.dir === 'asc' ? 'desc' : 'asc') : column.name === 'external_id' ? 'asc' : 'desc';
    this.sort = { by: column.name, dir };
    history.replaceState(null, '', link(['overview'], { sort: column.name, dir }));
    replace(this.curl, this.asCurl());
    this.firstPages().catch(problem => this.failed(problem));
  }

  row(row) {
    return h('tr', {},
      h('td', {}, h('a', { href: link(['customer', row.external_id]), 'data-key': '/' + row.external_id }, row.name ?? row.external_id),
        row.name === null ? null : h('div', { class: 'sub' }, row.external_id)),
      h('td', { class: 'number' }, count(row.requests)),
      h('td', { class: 'number wide', title: row.credits }, rounded(row.credits)),
      h('td', { class: 'number', title: money(row.cost) }, moneyRounded(row.cost)),
      h('td', { class: 'wide' }, row.share === null ? '–' : h('div', { class: 'share' },
        h('meter', { min: '0', max: '1', value: row.share, 'aria-label': 'Share' }), h('span', {}, share(row.share)))));
  }

  nothingYet() {
    return h('div', { class: 'empty' }, h('h3', {}, 'Nothing was counted in this period'),
      h('p', {}, 'Send an event, and it is here within a second:'),
      h('pre', {}, './tidemark send request --customer customer_123 --model gpt-x --credits 1.25 --cost 0.0042'));
  }

  /** What is shown, as a file. */
  async file() {
    if (this.search !== '') return this.usage && customersAsCsv(this.rows.map(row => ({ period: this.usage.period, ...row })), this.usage.period, this.at.zone);
    const file = await api.file('usage/by-customer', this.parameters({ limit: Math.min(MOST, this.rows.length || PAGE) }), this.signal);
    return { ...file, more: this.rows.length > MOST ? 'It has the first ' + count(MOST) + ' rows; tidemark export writes all.' : null };
  }
}
