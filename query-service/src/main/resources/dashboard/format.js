/** Decimals come as text and stay text: digits are grouped, none is lost. Numbers are made of them for drawing alone. */
export function decimal(text, atLeast = 0) {
  const negative = text.startsWith('-');
  const [whole, fraction = ''] = (negative ? text.slice(1) : text).split('.');
  const digits = fraction.padEnd(atLeast, '0');
  return (negative ? '−' : '') + whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',') + (digits ? '.' + digits : '');
}

/** The same, rounded half up to hundredths: for where all digits are said beside it. What would be zero then is said whole. */
export function rounded(text, atLeast = 0) {
  const negative = text.startsWith('-');
  const [whole, fraction = ''] = (negative ? text.slice(1) : text).split('.');
  const hundredths = (BigInt(whole + fraction.slice(0, 2)) + (fraction[2] >= '5' ? 1n : 0n)).toString().padStart(3, '0');
  // What is less than a hundredth is not nothing.
  if (fraction.length <= 2 || hundredths === '000') return decimal(text, atLeast);
  return decimal((negative ? '-' : '') + hundredths.slice(0, -2) + '.' + hundredths.slice(-2));
}

/** A number of JSON; what is larger than a browser keeps exactly is said to be about that. */
export const count = value => (Math.abs(value) > Number.MAX_SAFE_INTEGER ? '≈ ' : '') + decimal(Number.isInteger(value) ? BigInt(value).toString() : String(value));

/** All amounts with all their digits, each with its currency. */
export function money(cost) {
  return cost.length === 0 ? '–' : cost.map(one => decimal(one.amount, 2) + ' ' + one.currency).join(' · ');
}

/** The same, rounded to hundredths. */
export function moneyRounded(cost) {
  return cost.length === 0 ? '–' : cost.map(one => rounded(one.amount, 2) + ' ' + one.currency).join(' · ');
}

export function share(text) {
  return text === null ? '–' : (Number(text) * 100).toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 }) + ' %';
}

/** An instant in a zone, as people write it. */
export function instant(text, zone, withSeconds = false) {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, year: 'numeric', month: 'short', day: '2-digit', hour: '2-digit', minute: '2-digit',
    second: withSeconds ? '2-digit' : undefined,
  }).format(new Date(text));
}

/** The same to the second, of what was lately: the day is said where it is not today's. */
export function moment(text, zone) {
  const day = at => new Intl.DateTimeFormat('en-GB', { timeZone: zone, month: 'short', day: '2-digit' }).format(at);
  const at = new Date(text);
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at);
  return day(at) === day(Date.now()) ? time : day(at) + ', ' + time;
}

/** What a window is called on an axis. */
export function windowName(from, window, zone) {
  const parts = {
    month: { year: 'numeric', month: 'short' },
    week: { month: 'short', day: 'numeric' },
    day: { month: 'short', day: 'numeric' },
  }[window] ?? { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...parts }).format(new Date(from));
}

export function age(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 90) return seconds + ' s';
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? minutes + ' min' : Math.round(minutes / 60) + ' h';
}

/** How much more or less it is than before; nothing where there was none. */
export function change(now, before) {
  if (!Number.isFinite(now) || !Number.isFinite(before) || before === 0) return null;
  return (now - before) / Math.abs(before);
}

/** An instant as the API's files have it: what a clock of the zone shows, and its offset then. */
export function withOffset(text, zone) {
  const local = new Date(text).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T');
  const minutes = Math.round((new Date(local + 'Z') - new Date(text)) / 60_000);
  const two = number => String(Math.floor(number)).padStart(2, '0');
  return local + (minutes === 0 ? 'Z' : (minutes < 0 ? '-' : '+') + two(Math.abs(minutes) / 60) + ':' + two(Math.abs(minutes) % 60));
}

/** A decimal, which comes as text, to stand in a file as the number it is. */
export const exact = text => text === null || text === undefined ? text : { exact: text };

/**
 * A file of rows. A text that a spreadsheet would take for a formula is led by an apostrophe (OWASP, CSV injection); numbers, and what is exact,
 * never are. CsvWriter has the same rule.
 */
export function csv(header, rows) {
  const cell = value => {
    if (value === null || value === undefined) return '';
    if (typeof value === 'number') return String(value);
    if (typeof value === 'object') return value.exact;
    const text = (/^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(value) ? "'" : '') + value;
    return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  };
  return [header, ...rows].map(row => row.map(cell).join(',')).join('\r\n') + '\r\n';
}
