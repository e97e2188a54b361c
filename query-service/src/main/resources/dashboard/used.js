import { h } from './dom.js';
import { decimal, rounded, count, money, moneyRounded, csv, exact, withOffset } from './format.js';
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

const costColumns = currencies => currencies.map(one => 'cost_' + one.toLowerCase());

/** Empty where there is none of a currency, which is not the same as zero. */
const costCells = (cost, currencies) => currencies.map(currency => exact(cost.find(one => one.currency === currency)?.amount));

function csvFile(what, period, zone, header, rows) {
  const day = text => withOffset(text, zone).slice(0, 10);
  return { name: what + '-' + day(period.from) + '-' + day(period.to) + '.csv', bytes: new Blob([csv(header, rows)], { type: 'text/csv' }) };
}

/** What the API's CSV has of one customer, for who may not ask for that: a row for each window. */
export function windowsAsCsv(usage, zone) {
  const { id, external_id, name } = usage.customer;
  const currencies = usage.cost.map(one => one.currency).sort();
  const meters = usage.meters.filter(one => one.kind === 'usage').map(one => one.meter);
  const quantity = (window, meter) => exact(window.meters.find(one => one.kind === 'usage' && one.meter === meter)?.quantity);
  return csvFile('usage', usage.period, zone,
    ['customer_id', 'external_id', 'name', 'from', 'to', 'requests', 'input_tokens', 'output_tokens', 'cached_input_tokens', 'reasoning_tokens', 'credits',
      ...costColumns(currencies), ...meters.map(meter => 'quantity_' + meter)],
    usage.windows.map(window => [id, external_id, name, withOffset(window.from, zone), withOffset(window.to, zone),
      window.requests, window.input_tokens, window.output_tokens, window.cached_input_tokens, window.reasoning_tokens, exact(window.credits),
      ...costCells(window.cost, currencies), ...meters.map(meter => quantity(window, meter))]));
}

/**
 * The same of customers, a row for each: of those that a search found, which the API has no file of.
 *
 * @param rows each with the period that it is of
 */
export function customersAsCsv(rows, period, zone) {
  const currencies = [...new Set(rows.flatMap(row => row.cost.map(one => one.currency)))].sort();
  return csvFile('usage-by-customer-found', period, zone,
    ['customer_id', 'external_id', 'name', 'from', 'to', 'requests', 'input_tokens', 'output_tokens', 'credits', ...costColumns(currencies)],
    rows.map(row => [row.customer_id, row.external_id, row.name, withOffset(row.period.from, zone), withOffset(row.period.to, zone),
      row.requests, row.input_tokens, row.output_tokens, exact(row.credits), ...costCells(row.cost, currencies)]));
}
