import * as api from './api.js';
import { h, replace } from './dom.js';
import { count } from './format.js';
import { kpi, skeleton } from './parts.js';

const EVERY = 3_000;
const RECONCILE_EVERY = 60_000;
const FATES = ['counted', 'duplicate', 'conflict', 'rejected', 'rekeyed', 'parked'];

export function operations(main, signal) {
  new Operations(main, signal).begin();
}

/** Lines of Prometheus' text format: name, labels, value. */
function samples(text) {
  return text.split('\n').filter(line => line !== '' && !line.startsWith('#')).map(line => {
    const [, name, labels = '', value] = line.match(/^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/) ?? [];
    return { name, value: Number(value), labels: Object.fromEntries([...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, said]) => [key, said])) };
  });
}

/** How the instance that answers is: its health, what it holds, and what became of every record. */
class Operations {
  constructor(main, signal) {
    this.signal = signal;
    this.state = h('div', { class: 'state' });
    this.cards = h('div', { class: 'cards' }, skeleton(5).map(one => h('div', { class: 'card kpi' }, one)));
    this.table = h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Partitions' }, skeleton(5));
    replace(main,
      h('div', { class: 'bar' }, h('div', { class: 'title' }, h('h1', {}, 'Operations'), h('p', {}, 'The instance that answers this page. Others are asked for what they hold.'))),
      this.state, this.cards,
      h('section', { class: 'card block', 'aria-labelledby': 'books-title' }, h('div', { class: 'head' }, h('h2', { id: 'books-title' }, 'Is every record accounted for?')), this.books = h('div', {}, skeleton(1))),
      h('section', { class: 'card block', 'aria-labelledby': 'partitions-title' },
        h('div', { class: 'head' }, h('h2', { id: 'partitions-title' }, 'What became of every record')), this.table));
  }

  async begin() {
    let reconciled = -Infinity;
    while (!this.signal.aborted) {
      if (!document.hidden) {
        // As often as the instance checks it by itself: every partition reads all its hours for it.
        if (performance.now() - reconciled > RECONCILE_EVERY) {
          reconciled = performance.now();
          await this.reconcile();
        }
        await this.refresh();
      }
      await new Promise(go => setTimeout(go, EVERY));
    }
  }

  async refresh() {
    try {
      const [health, metrics] = await Promise.all([
        fetch(api.root('health/ready'), { signal: this.signal, cache: 'no-store' }), fetch(api.root('metrics'), { signal: this.signal, cache: 'no-store' })]);
      this.show(await health.json(), samples(await metrics.text()));
    } catch (failed) {
      if (failed.name !== 'AbortError') replace(this.state, h('div', { class: 'problem', role: 'alert' }, h('strong', {}, 'No answer'), h('p', {}, 'The server cannot be reached, or does not show this to the address you come from.')));
    }
  }

  /** Of all partitions, for the last day; operators alone may ask. */
  async reconcile() {
    try {
      const books = await api.get('reconciliation', { period: '24h' }, this.signal);
      replace(this.books, h('span', { class: 'badge ' + (books.balanced ? '' : 'bad') }, books.balanced ? 'Balanced' : 'Does not balance'),
        ' In the last 24 hours ' + count(books.totals.read) + ' records were read: ' + FATES.map(fate => count(books.totals[fate]) + ' ' + fate).join(', ') + '.',
        (books.imbalances ?? []).map(one => h('p', { class: 'mono' }, JSON.stringify(one))));
    } catch (problem) {
      if (problem.name !== 'AbortError') replace(this.books, h('span', { class: 'badge plain' }, 'Not asked'), ' ' + problem.message);
    }
  }

  show(health, all) {
    const of = (name, labels = {}) => all.filter(one => one.name === name && Object.entries(labels).every(([key, said]) => one.labels[key] === said));
    const sum = some => some.reduce((total, one) => total + one.value, 0);
    replace(this.state, health.status === 'ready'
      ? h('p', {}, h('span', { class: 'badge' }, 'Ready'))
      : h('div', { class: 'problem', role: 'alert' }, h('strong', {}, health.status === 'closing' ? 'It is closing' : 'Not ready'), (health.reasons ?? []).map(reason => h('p', {}, reason)),
        (health.restoring ?? []).map(store => h('p', { class: 'mono' }, store.store + ' of partition ' + store.partition + ': ' + count(store.restored) + ' of ' + count(store.total) + ' records'))));
    replace(this.cards,
      kpi('Partitions counted here', { text: count(sum(of('tidemark_partitions', { held: 'counting' }))) }),
      kpi('Copies kept', { text: count(sum(of('tidemark_partitions', { held: 'copy' }))) }),
      kpi('Other instances', { text: count(sum(of('tidemark_peers', { state: 'answering' }))), unit: sum(of('tidemark_peers', { state: 'silent' })) > 0 ? count(sum(of('tidemark_peers', { state: 'silent' }))) + ' silent' : '' }),
      kpi('Waiting to be counted', { text: count(sum(of('tidemark_lag_records'))), unit: 'records' }),
      kpi('Restored', { text: health.restored_percent === undefined ? '–' : String(health.restored_percent), unit: '%' }));
    this.records(of('tidemark_records_read_total'), of('tidemark_records_total'), of('tidemark_parked_records'), of('tidemark_lag_records'));
  }

  records(reads, fates, parked, lags) {
    const rows = new Map();
    const row = labels => {
      const key = labels.topic + '/' + labels.partition;
      if (!rows.has(key)) rows.set(key, { topic: labels.topic, partition: Number(labels.partition), lag: 0 });
      return rows.get(key);
    };
    reads.forEach(one => { row(one.labels).read = one.value; });
    fates.forEach(one => { row(one.labels)[one.labels.fate] = one.value; });
    parked.forEach(one => { row(one.labels).parked = one.value; });
    lags.forEach(one => { row(one.labels).lag = one.value; });
    const sorted = [...rows.values()].sort((a, b) => a.topic.endsWith('rekey') - b.topic.endsWith('rekey') || a.topic.localeCompare(b.topic) || a.partition - b.partition);
    const cell = value => h('td', { class: 'number' + (value === 0 ? ' zero' : '') }, count(value));
    const balanced = one => (one.read ?? 0) === FATES.reduce((total, fate) => total + (one[fate] ?? 0), 0);
    replace(this.table, h('table', {},
      h('caption', {}, 'Since the beginning of each partition: read is the sum of the others'),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Topic'), h('th', { scope: 'col', class: 'number' }, 'Partition'), ['Read', ...FATES.map(fate => fate[0].toUpperCase() + fate.slice(1)), 'Lag'].map(title => h('th', { scope: 'col', class: 'number' }, title)), h('th', { scope: 'col' }, 'Check'))),
      h('tbody', {}, sorted.map(one => h('tr', {}, h('th', { scope: 'row' }, one.topic), h('td', { class: 'number' }, String(one.partition)),
        cell(one.read ?? 0), FATES.map(fate => cell(one[fate] ?? 0)), cell(one.lag),
        h('td', {}, balanced(one) ? h('span', { class: 'badge' }, 'Balanced') : h('span', { class: 'badge bad' }, 'Differs')))))));
  }
}
