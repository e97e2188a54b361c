import { h, replace, redraw, download } from './dom.js';
import { decimal, instant, windowName, age } from './format.js';
import { place, link, zones, PERIODS } from './place.js';
import * as api from './api.js';

/** What went wrong, and what to do about it. */
export function problemBox(problem, again) {
  const hint = {
    0: 'Try again in a moment.',
    401: 'The key is not taken any more: sign in with another.',
    403: 'This key lacks the scope for that; a key with more scopes is made with tidemark keys create.',
    404: 'It may have been deleted, or the link may be of another tenant.',
    429: 'Too much is being asked at once; try again in a moment.',
    503: 'Data is moving between instances or one has just started: try again in some seconds.',
  }[problem.status];
  return h('div', { class: 'problem', role: 'alert' },
    h('strong', {}, problem.title ?? 'Something went wrong'),
    h('p', {}, problem.message),
    (problem.errors ?? []).map(error => h('p', { class: 'mono' }, (error.parameter ?? error.pointer) + ': ' + error.message)),
    hint ? h('p', {}, hint) : null,
    problem.requestId ? h('p', { class: 'mono' }, 'request ' + problem.requestId) : null,
    again ? h('div', {}, h('button', { type: 'button', onclick: again }, 'Try again')) : null);
}

const ZONES_AFTER = 3_000;

/** The period and the zone; both go into the address. */
export function pickers() {
  const now = place();
  const known = PERIODS.some(([name]) => name === now.period) ? PERIODS : [[now.period, now.period], ...PERIODS];
  const go = changes => { location.hash = link(now.segments, changes); };
  const zone = h('select', { id: 'zone', onchange: event => go({ tz: event.target.value }) }, h('option', { value: now.zone, selected: true }, now.zone));
  let filled = false;
  const fill = () => {
    if (!filled) zone.append(...zones().filter(one => one !== now.zone).map(one => h('option', { value: one }, one)));
    filled = true;
  };
  // There are hundreds, and nobody waits for them until somebody wants another.
  zone.addEventListener('focus', fill);
  zone.addEventListener('pointerdown', fill);
  setTimeout(fill, ZONES_AFTER);
  return [
    h('label', { class: 'field' }, 'Period',
      h('select', { id: 'period', onchange: event => go({ period: event.target.value }) },
        known.map(([name, title]) => h('option', { value: name, selected: name === now.period }, title)))),
    h('label', { class: 'field' }, 'Time zone', zone),
  ];
}

/** How fresh and how complete an answer is. */
export function freshness(answer, zone) {
  const old = Date.now() - new Date(answer.as_of);
  const text = answer.complete ? (old < 10_000 ? 'Up to date' : 'As of ' + age(old) + ' ago') : 'Incomplete';
  const title = 'Everything that arrived up to ' + instant(answer.as_of, zone, true) + ' (' + zone + ') is in it.'
    + (answer.complete ? '' : ' Partitions that could not be asked: ' + answer.missing_partitions.join(', ') + '.');
  return h('span', { class: 'badge' + (answer.complete ? (old < 60_000 ? '' : ' warn') : ' bad'), title, id: 'freshness' }, text);
}

/** How it is against the period before; nothing where that is not known (yet). */
function delta(before) {
  if (before === undefined) return null;
  if (before === null) return h('span', { class: 'delta' }, h('span', { class: 'than' }, 'nothing in the period before'));
  const large = before >= 10;
  const size = large ? (before + 1).toFixed(0) + ' times' : Math.abs(before * 100).toFixed(1) + ' %';
  return h('span', { class: 'delta' },
    h('span', { class: before > 0 ? 'up' : before < 0 ? 'down' : '' }, (before > 0 ? '▲ ' : before < 0 ? '▼ ' : '') + size),
    h('span', { class: 'than' }, large ? ' the period before' : ' on the period before'));
}

/** @param lines of a value: its text, its unit, all its digits, and how it is against the period before */
export function kpi(name, ...lines) {
  return h('div', { class: 'card kpi' + (lines.length > 1 ? ' several' : '') }, h('span', { class: 'name' }, name),
    lines.map(line => h('div', { class: 'line' },
      h('span', { class: 'value', title: line.exact }, line.text, line.unit ? h('small', {}, ' ' + line.unit) : null), delta(line.before))));
}

export const skeleton = rows => Array.from({ length: rows }, () => h('div', { class: 'skeleton' }, '\u00a0'));

/** Where nothing came, nothing is on its way either. */
export function stopLoading() {
  document.querySelectorAll('main .skeleton').forEach(one => one.classList.remove('skeleton'));
}

/** Copies a text; where the browser lets nobody copy, it says to do it by hand. */
export function copyButton(text) {
  const button = h('button', { class: 'quiet', type: 'button', onclick: async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch (refused) {
      button.textContent = 'Select and copy it';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  } }, 'Copy');
  return button;
}

/** The calls behind what is shown. */
export function asCurl(...calls) {
  return h('details', { class: 'curl' }, h('summary', {}, 'As curl'), calls.map(text => [h('pre', { tabindex: '0' }, text), copyButton(text)]));
}

export const copyAsCurl = (where, parameters) => asCurl(api.curl(where, parameters));

/**
 * A button that saves a file, and where it is said what is wrong with that.
 *
 * @param make the file, of a name, bytes and what is missing in it; nothing while there is none
 */
export function csvButton(make) {
  const said = h('div', {});
  let busy = false;
  const save = async () => {
    const file = await make();
    if (!file) return;
    download(file.name, file.bytes);
    const warnings = [file.missing ? 'Partitions that could not be asked: ' + file.missing + '.' : null, file.more].filter(Boolean);
    replace(said, warnings.length === 0 ? null : h('div', { class: 'problem', role: 'alert' }, h('strong', {}, 'The file is not complete'), warnings.map(text => h('p', {}, text))));
  };
  const button = h('button', { type: 'button', id: 'csv', onclick: async () => {
    if (busy) return;
    busy = true;
    try {
      await save();
    } catch (problem) {
      if (problem.name !== 'AbortError') replace(said, problemBox(problem));
    } finally {
      busy = false;
    }
  } }, 'CSV');
  return { button, said };
}

let drawing = null;

/** The library that draws, fetched when there is something to draw: it is larger than all of ours, and the page can be used without it. */
function library() {
  drawing ??= new Promise((loaded, failed) => {
    const script = h('script', { src: new URL('app/chart.umd.min.js', new URL('.', document.baseURI)), onload: () => loaded(globalThis.Chart), onerror: failed });
    document.head.append(script);
  }).catch(problem => {
    drawing = null;
    throw problem;
  });
  return drawing;
}

const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** So many meters can be drawn, those with most events; the table of meters has all. */
const MOST_METERS = 6;

/** What can be drawn of the windows of an answer, each as its exact text: one more for each currency, and for each meter. */
function measures(answer) {
  const all = answer.cost.map(one => ({
    name: 'cost:' + one.currency,
    title: 'Cost ' + one.currency,
    of: window => window.cost.find(cost => cost.currency === one.currency)?.amount ?? '0',
  }));
  const meters = answer.meters.filter(one => one.kind === 'usage').sort((one, other) => other.count - one.count).slice(0, MOST_METERS)
    .map(one => one.meter).sort().map(meter => ({
      name: 'meter:' + meter,
      title: meter,
      of: window => window.meters.find(one => one.kind === 'usage' && one.meter === meter)?.quantity ?? '0',
    }));
  return [
    { name: 'requests', title: 'Requests', of: window => String(window.requests) }, ...all,
    { name: 'credits', title: 'Credits', of: window => window.credits }, ...meters];
}

/** What is drawn where nobody has chosen: what is paid for, else what there is. */
function natural(answer, all) {
  if (answer.cost.length > 0) return all.find(one => one.name.startsWith('cost:'));
  return (answer.requests === 0 ? all.find(one => one.name.startsWith('meter:')) : undefined) ?? all[0];
}

/** A chart of the windows, and the table that says the same. */
export class Series {
  /** @param file the button that saves the windows, where there is one */
  constructor(zone, file = undefined) {
    this.zone = zone;
    this.chosen = null;
    this.canvas = h('canvas', { role: 'img' });
    this.choice = h('div', { class: 'segments', role: 'group', 'aria-label': 'What is drawn' });
    this.table = h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'The same as a table' });
    this.element = h('section', { class: 'card block', 'aria-labelledby': 'series-title' },
      h('div', { class: 'head' }, this.title = h('h2', { id: 'series-title' }, 'Usage over time'), h('div', { class: 'tools' }, this.choice, file?.button)),
      file?.said,
      this.frame = h('div', { class: 'chart skeleton' }, this.canvas),
      this.undrawn = h('p', { class: 'sub', role: 'status' }),
      h('details', { class: 'tables' }, h('summary', {}, 'As a table'), this.table));
  }

  show(answer) {
    this.answer = answer;
    const all = measures(answer);
    const wanted = this.wanted(all);
    this.title.textContent = 'Usage over time, by ' + (answer.window === '15m' ? 'quarter of an hour' : answer.window);
    redraw(this.choice, all.map(one => h('button', {
      type: 'button', 'data-key': one.name, 'aria-pressed': String(one === wanted), onclick: () => { this.chosen = one.name; this.show(this.answer); }, title: one.title,
    }, one.title)));
    library().then(Chart => this.draw(Chart)).catch(() => {
      this.frame.classList.remove('skeleton');
      this.undrawn.textContent = 'The chart could not be drawn; the table below has the numbers.';
    });
    this.canvas.setAttribute('aria-label', wanted.title + ' in ' + answer.windows.length + ' windows of one ' + answer.window + '; the table below has the numbers');
    replace(this.table, h('table', {},
      h('caption', {}, 'Usage by ' + answer.window + ', ' + this.zone),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'From'), all.map(one => h('th', { scope: 'col', class: 'number' }, one.title)))),
      h('tbody', {}, answer.windows.map(window => h('tr', {}, h('th', { scope: 'row' }, this.label(window)),
        all.map(one => h('td', { class: 'number' }, decimal(one.of(window)))))))));
  }

  wanted(all) {
    return all.find(one => one.name === this.chosen) ?? natural(this.answer, all);
  }

  label(window) {
    return windowName(window.from, this.answer.window, this.zone);
  }

  /** What was shown last. */
  draw(Chart) {
    if (this.closed) return;
    this.frame.classList.remove('skeleton');
    this.undrawn.textContent = '';
    const measure = this.wanted(measures(this.answer));
    this.drawn = measure;
    const data = {
      labels: this.answer.windows.map(window => this.label(window)),
      datasets: [{
        label: measure.title,
        data: this.answer.windows.map(window => Number(measure.of(window))),
        backgroundColor: color('--series-1'),
        borderRadius: 3,
        maxBarThickness: 34,
      }],
    };
    // Where there is nothing, a scale says nothing; and no request is half.
    const ofScale = { display: data.datasets[0].data.some(value => value !== 0), precision: measure.name === 'requests' ? 0 : undefined };
    if (this.chart) {
      Object.assign(this.chart.options.scales.y.ticks, ofScale);
      this.chart.data = data;
      this.chart.update('none');
      return;
    }
    const grid = color('--line-soft');
    const ticks = { color: color('--muted'), font: { size: 11 } };
    this.chart = new Chart(this.canvas, {
      type: 'bar',
      data,
      options: {
        animation: false,
        maintainAspectRatio: false,
        interaction: { mode: 'index', intersect: false },
        plugins: {
          legend: { display: false },
          tooltip: { callbacks: { label: item => ' ' + this.drawn.title + ': ' + decimal(this.drawn.of(this.answer.windows[item.dataIndex])) } },
        },
        scales: {
          x: { grid: { display: false }, border: { color: grid }, ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 14 } },
          y: { beginAtZero: true, grid: { color: grid }, border: { display: false }, ticks: { ...ticks, ...ofScale, maxTicksLimit: 6 } },
        },
      },
    });
  }

  close() {
    this.closed = true;
    this.chart?.destroy();
  }
}
