import * as api from './api.js';
import { h, replace } from './dom.js';
import { age, count } from './format.js';
import { asCurl, kpi, skeleton } from './parts.js';

const EVERY = 3_000;
const RECONCILE_EVERY = 60_000;
const PERIOD = { period: '24h' };
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

const total = some => some.reduce((sum, one) => sum + one.value, 0);
const number = value => h('td', { class: 'number' + (value === 0 ? ' zero' : '') }, count(value));
/** Of what a topic and a partition are in: labels, or a row. */
const nameOf = one => one.topic + '/' + one.partition;

/** How much of some stores is restored. */
function restored(stores) {
  const all = stores.reduce((sum, one) => sum + one.total, 0);
  return (all === 0 ? 100 : Math.floor(stores.reduce((sum, one) => sum + one.restored, 0) / all * 100)) + ' %';
}

const capital = word => word[0].toUpperCase() + word.slice(1);
/** @param titles each with whether numbers are below it */
const columns = titles => titles.map(([title, numbers]) => h('th', { scope: 'col', class: numbers ? 'number' : '' }, title));
const scroll = (name, rows) => h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': name }, skeleton(rows));
const card = (id, title, ...body) => h('section', { class: 'card block', 'aria-labelledby': id }, h('div', { class: 'head' }, h('h2', { id }, title)), body);

/** How the instance that answers is: its health, what it holds, and what became of every record. */
class Operations {
  constructor(main, signal) {
    this.signal = signal;
    this.state = h('div', { class: 'state' });
    this.cards = h('div', { class: 'cards' }, skeleton(5).map(one => h('div', { class: 'card kpi' }, one)));
    this.partitions = scroll('Partitions', 5);
    this.table = scroll('Records by topic and partition', 5);
    this.books = h('div', {}, skeleton(1));
    /** Which rows did not add up at the last look. */
    this.differed = new Set();
    replace(main,
      h('div', { class: 'bar' }, h('div', { class: 'title' }, h('h1', {}, 'Operations'), h('p', {}, 'The instance that answers this page. Others are asked for what they hold.'))),
      this.state, this.cards,
      card('books-title', 'Is every record accounted for?', this.books),
      card('partitions-title', 'Where each partition is', this.partitions),
      card('fates-title', 'What became of every record', this.table),
      asCurl(api.curl('reconciliation', PERIOD), api.curlOfRoot('health/ready'), api.curlOfRoot('metrics')));
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
      const books = await api.get('reconciliation', PERIOD, this.signal);
      replace(this.books, h('span', { class: 'badge ' + (books.balanced ? '' : 'bad') }, books.balanced ? 'Balanced' : 'Does not balance'),
        ' In the last 24 hours ' + count(books.totals.read) + ' records were read: ' + FATES.map(fate => count(books.totals[fate]) + ' ' + fate).join(', ') + '.',
        books.complete ? null : h('p', {}, 'Partitions that could not be asked: ' + books.missing_partitions.join(', ') + '.'),
        (books.imbalances ?? []).map(one => h('p', { class: 'mono' }, JSON.stringify(one))));
    } catch (problem) {
      if (problem.name !== 'AbortError') replace(this.books, h('span', { class: 'badge plain' }, 'Not asked'), ' ' + problem.message);
    }
  }

  show(health, all) {
    const of = (name, labels = {}) => all.filter(one => one.name === name && Object.entries(labels).every(([key, said]) => one.labels[key] === said));
    const sum = (name, labels) => total(of(name, labels));
    const partitions = sum('tidemark_deployment_partitions');
    const standbys = sum('tidemark_deployment_standbys');
    const others = state => sum('tidemark_peers', { state });
    replace(this.state, health.status === 'ready'
      ? h('p', {}, h('span', { class: 'badge' }, 'Ready'))
      : h('div', { class: 'problem', role: 'alert' }, h('strong', {}, health.status === 'closing' ? 'It is closing' : 'Not ready'), (health.reasons ?? []).map(reason => h('p', {}, reason)),
        (health.restoring ?? []).map(store => h('p', { class: 'mono' }, store.store + ' of partition ' + store.partition + ': ' + count(store.restored) + ' of ' + count(store.total) + ' records'))));
    replace(this.cards,
      kpi('Partitions counted here', { text: count(sum('tidemark_partitions', { held: 'counting' })), unit: 'of ' + count(partitions) }),
      kpi('Copies good to take over', { text: count(sum('tidemark_partitions', { held: 'copy' })), unit: 'here' }),
      kpi('Other instances', { text: count(others('answering')), unit: others('silent') > 0 ? 'and ' + count(others('silent')) + ' silent' : '' }),
      kpi('Waiting to be counted', { text: count(sum('tidemark_lag_records')), unit: 'records' }),
      kpi('Restored', { text: health.restored_percent === undefined ? '–' : String(health.restored_percent), unit: '%' }));
    this.places(of, partitions, standbys, health.restoring ?? []);
    this.records(of('tidemark_records_read_total'), of('tidemark_records_total'), of('tidemark_parked_records'), of('tidemark_lag_records'));
  }

  /** What this instance holds of each partition; of one that it does not hold, it knows how many records wait, not who counts it. */
  places(of, partitions, standbys, restoring) {
    const counted = new Set(of('tidemark_records_read_total').map(one => one.labels.partition));
    const upTo = new Map(of('tidemark_as_of_timestamp_seconds').map(one => [one.labels.partition, one.value * 1000]));
    // Kafka tells of every store that is open, counted or a copy, by its task; up to a minute late.
    const open = new Set(of('kafka_stream_state_total_sst_files_size', { rocksdb_state_id: 'hot' }).map(one => one.labels.task_id?.split('_')[1]));
    const where = partition => {
      const stores = restoring.filter(one => String(one.partition) === partition);
      if (counted.has(partition)) return h('span', { class: 'badge' }, 'Counted here');
      if (stores.length > 0) return h('span', { class: 'badge warn' }, 'Being restored here: ' + restored(stores));
      return open.has(partition) ? h('span', { class: 'badge plain' }, 'Copy here') : 'Another instance';
    };
    const row = partition => h('tr', {}, h('th', { scope: 'row' }, partition), h('td', {}, where(partition)),
      number(total(of('tidemark_lag_records', { partition }))),
      h('td', { class: 'number' }, upTo.has(partition) ? age(Date.now() - upTo.get(partition)) + ' ago' : '–'));
    replace(this.partitions, h('table', {},
      h('caption', {}, standbys === 0 ? 'No copies are kept' : 'Of each, ' + count(standbys) + (standbys === 1 ? ' copy is' : ' copies are') + ' kept by other instances, where there are as many'),
      h('thead', {}, h('tr', {}, columns([['Partition'], ['Where'], ['Lag', true], ['As of', true]]))),
      h('tbody', {}, Array.from({ length: partitions }, (any, i) => row(String(i))))));
  }

  records(reads, fates, parked, lags) {
    const rows = new Map();
    const row = labels => {
      const key = nameOf(labels);
      if (!rows.has(key)) rows.set(key, { topic: labels.topic, partition: Number(labels.partition), lag: 0 });
      return rows.get(key);
    };
    reads.forEach(one => { row(one.labels).read = one.value; });
    fates.forEach(one => { row(one.labels)[one.labels.fate] = one.value; });
    parked.forEach(one => { row(one.labels).parked = one.value; });
    // Of those that are counted elsewhere the lag alone is told.
    lags.filter(one => rows.has(nameOf(one.labels))).forEach(one => { row(one.labels).lag = one.value; });
    const sorted = [...rows.values()].sort((a, b) => a.topic.endsWith('rekey') - b.topic.endsWith('rekey') || a.topic.localeCompare(b.topic) || a.partition - b.partition);
    const differing = new Set(sorted.filter(one => (one.read ?? 0) !== FATES.reduce((sum, fate) => sum + (one[fate] ?? 0), 0)));
    const check = one => {
      if (!differing.has(one)) return h('span', { class: 'badge' }, 'Balanced');
      // A scrape may come between two of the numbers: whether it is so, the next one says.
      return this.differed.has(nameOf(one)) ? h('span', { class: 'badge bad' }, 'Differs') : h('span', { class: 'badge plain' }, 'Looking again');
    };
    replace(this.table, h('table', {},
      h('caption', {}, 'Since the beginning of each partition: read is the sum of the others'),
      h('thead', {}, h('tr', {}, columns([['Topic'], ...['Partition', 'Read', ...FATES.map(capital), 'Lag'].map(title => [title, true]), ['Check']]))),
      h('tbody', {}, sorted.map(one => h('tr', {}, h('th', { scope: 'row' }, one.topic), h('td', { class: 'number' }, String(one.partition)),
        number(one.read ?? 0), FATES.map(fate => number(one[fate] ?? 0)), number(one.lag), h('td', {}, check(one)))))));
    this.differed = new Set([...differing].map(nameOf));
  }
}
