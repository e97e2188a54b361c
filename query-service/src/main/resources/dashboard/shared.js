import * as api from './api.js';
import { h, replace } from './dom.js';
import { place, windowFor } from './place.js';
import { count, rounded, instant, money, moneyRounded } from './format.js';
import { csvButton, freshness, skeleton, pickers, problemBox, Series } from './parts.js';
import { figures, meterTable, windowsAsCsv } from './used.js';

const EVERY = 5_000;

/** What whoever was sent a link sees, signed in or not: the link's token is the key, and is in the address alone. */
export function shared(main, signal) {
  new Shared(main, signal).begin();
}

const table = (name, ...rows) => h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': name }, rows);
const nothing = () => h('div', { class: 'empty' }, h('p', {}, 'Nothing was used in this period.'));

class Shared {
  constructor(main, signal) {
    this.main = main;
    this.signal = signal;
    this.at = place();
    this.token = this.at.segments[1] ?? '';
    this.asked = { period: this.at.period, timezone: this.at.zone };
    this.problem = h('div', {});
    this.title = h('h1', {}, 'Usage');
    this.said = h('p', {}, '\u00a0');
    this.until = h('p', { id: 'until' }, '\u00a0');
    this.cards = h('div', { class: 'cards' }, skeleton(3));
    // A link opens no CSV of the API's.
    this.series = new Series(this.at.zone, csvButton(() => this.usage && windowsAsCsv(this.usage, this.at.zone)));
    this.meters = table('Usage by meter', skeleton(2));
    this.models = h('div', {});
    this.loading = h('progress', { class: 'load', 'aria-label': 'Loading' });
    replace(main, this.loading,
      h('div', { class: 'bar' },
        h('div', { class: 'title' }, this.title, this.said, this.until),
        h('div', { class: 'tools' }, pickers())),
      this.problem, this.cards, this.series.element,
      h('section', { class: 'card block', 'aria-labelledby': 'meters-title' },
        h('div', { class: 'head' }, h('h2', { id: 'meters-title' }, 'By meter')), this.meters),
      this.models);
    signal.addEventListener('abort', () => this.series.close());
  }

  ask(where, parameters) {
    return api.getAs(this.token, where, parameters, this.signal);
  }

  async begin() {
    // What no header can hold was never a token.
    if (!/^[!-~]+$/.test(this.token)) return this.end();
    await Promise.all([this.whose(), this.refresh(), this.byModel()]);
    while (!this.signal.aborted && !this.ended) {
      await new Promise(go => setTimeout(go, EVERY));
      if (!this.signal.aborted && !this.ended && !document.hidden) await this.refresh();
    }
  }

  async whose() {
    try {
      const link = await this.ask('shared', {});
      const name = link.customer.name ?? link.customer.external_id;
      replace(this.title, name);
      document.title = 'Usage of ' + name;
      replace(this.until, 'This page is good until ' + instant(link.expires_at, this.at.zone) + ' (' + this.at.zone + ').');
    } catch (problem) {
      this.failed(problem);
    }
  }

  async refresh() {
    try {
      this.show(await this.ask('shared/usage', { ...this.asked, window: windowFor(this.at.period) }));
      replace(this.problem);
    } catch (problem) {
      this.failed(problem);
    } finally {
      this.loading.remove();
    }
  }

  show(usage) {
    if (this.ended) return;
    this.usage = usage;
    replace(this.said, (usage.customer.name === null ? '' : usage.customer.external_id + ' · ')
      + instant(usage.period.from, this.at.zone) + ' – ' + instant(usage.period.to, this.at.zone) + ' ', freshness(usage, this.at.zone));
    replace(this.cards, figures(usage));
    this.series.show(usage);
    replace(this.meters, usage.meters.length === 0 ? nothing() : meterTable(usage));
  }

  failed(problem) {
    if (problem.name === 'AbortError' || this.ended) return;
    if (problem.status === 401 || problem.status === 403) this.end();
    else replace(this.problem, problemBox(problem, () => this.refresh()));
  }

  /** Which of the reasons it is, nobody is told who has no key. */
  end() {
    this.ended = true;
    this.series.close();
    document.title = 'This link has ended';
    replace(this.main, h('div', { class: 'card empty', role: 'alert', id: 'ended' },
      h('h1', {}, 'This link is not good any more'),
      h('p', {}, 'It has run out, was taken back, or is not complete. Whoever sent it to you can make another.')));
  }

  /** Out of single requests, which are kept for some days; where there are none, nothing is said of them. */
  async byModel() {
    try {
      const answer = await this.ask('shared/usage/breakdown', { ...this.asked, group_by: 'model' });
      if (this.ended || answer.data.length === 0) return;
      replace(this.models, h('section', { class: 'card block', 'aria-labelledby': 'models-title' },
        h('div', { class: 'head' }, h('h2', { id: 'models-title' }, 'By model')), table('Usage by model', this.modelTable(answer))));
    } catch (problem) {
      if (problem.status === 401 || problem.status === 403) this.failed(problem);
      else replace(this.models);
    }
  }

  modelTable(answer) {
    return h('table', {},
      h('caption', {}, 'Single requests of ' + instant(answer.period.from, this.at.zone) + ' – ' + instant(answer.period.to, this.at.zone)),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Model'), h('th', { scope: 'col', class: 'number' }, 'Requests'), h('th', { scope: 'col', class: 'number wide' }, 'Tokens in'),
        h('th', { scope: 'col', class: 'number wide' }, 'Tokens out'), h('th', { scope: 'col', class: 'number wide' }, 'Credits'), h('th', { scope: 'col', class: 'number' }, 'Cost'))),
      h('tbody', {}, answer.data.map(row => h('tr', {},
        h('th', { scope: 'row' }, row.group.model ?? 'none'),
        h('td', { class: 'number' }, count(row.requests)),
        h('td', { class: 'number wide' }, count(row.input_tokens)),
        h('td', { class: 'number wide' }, count(row.output_tokens)),
        h('td', { class: 'number wide', title: row.credits }, rounded(row.credits)),
        h('td', { class: 'number', title: money(row.cost) }, moneyRounded(row.cost))))));
  }
}
