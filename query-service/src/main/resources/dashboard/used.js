import { h, download } from './dom.js';
import { decimal, rounded, count, money, moneyRounded, csv, exact } from './format.js';
import { kpi } from './parts.js';

/** What one customer used, in large figures; what is rounded has all its digits as its title. */
export function figures(usage) {
  return [
    kpi('Requests', { text: count(usage.requests) }),
    kpi('Cost', ...(usage.cost.length === 0 ? [{ text: '–' }] : usage.cost.map(one => ({ text: rounded(one.amount, 2), unit: one.currency, exact: decimal(one.amount) })))),
    kpi('Credits', { text: rounded(usage.credits), exact: decimal(usage.credits) }),
    kpi('Tokens', { text: count(usage.input_tokens), unit: 'in' }, { text: count(usage.output_tokens), unit: 'out' })];
}

export function meterTable(usage) {
  return h('table', {},
    h('caption', { class: 'visually-hidden' }, 'Usage by meter'),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Meter'), h('th', { scope: 'col', class: 'number wide' }, 'Events'), h('th', { scope: 'col', class: 'number' }, 'Quantity'),
      h('th', { scope: 'col', class: 'number wide' }, 'Credits'), h('th', { scope: 'col', class: 'number' }, 'Cost'))),
    h('tbody', {}, usage.meters.map(meter => h('tr', {},
      h('th', { scope: 'row' }, meter.meter, meter.kind === 'usage' ? null : h('div', { class: 'sub' }, 'request events')),
      h('td', { class: 'number wide' }, count(meter.count)),
      h('td', { class: 'number' }, decimal(meter.quantity)),
      h('td', { class: 'number wide', title: meter.credits }, rounded(meter.credits)),
      h('td', { class: 'number', title: money(meter.cost) }, moneyRounded(meter.cost))))));
}

/** The windows that are drawn, with all their digits, in the zone that is shown. */
export function windowsAsCsv(usage, zone) {
  const currencies = usage.cost.map(one => one.currency);
  const local = text => new Date(text).toLocaleString('sv-SE', { timeZone: zone });
  download('usage-' + usage.period.from.slice(0, 10) + '.csv', 'text/csv', csv(
    ['from', 'to', 'timezone', 'requests', 'credits', ...currencies.map(one => 'cost_' + one.toLowerCase())],
    usage.windows.map(window => [local(window.from), local(window.to), zone, window.requests, exact(window.credits),
      ...currencies.map(currency => exact(window.cost.find(one => one.currency === currency)?.amount ?? '0'))])));
}
