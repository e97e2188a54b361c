/** Decimals come as text and stay text: digits are grouped, none is lost. Numbers are made of them for drawing alone. */
export function decimal(text, atLeast = 0, atMost = 9) {
  const negative = text.startsWith('-');
  const [whole, fraction = ''] = (negative ? text.slice(1) : text).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const cut = fraction.slice(0, atMost).padEnd(atLeast, '0');
  const more = fraction.length > atMost ? '…' : '';
  return (negative ? '−' : '') + grouped + (cut || more ? '.' + cut + more : '');
}

/** The same, rounded half up to so many digits: for where all of them are said beside it. */
export function rounded(text, digits = 2) {
  const negative = text.startsWith('-');
  const [whole, fraction = ''] = (negative ? text.slice(1) : text).split('.');
  if (fraction.length <= digits) return decimal(text, digits === 2 && fraction.length > 0 ? 2 : 0);
  const up = fraction[digits] >= '5' ? 1n : 0n;
  const units = (BigInt(whole + fraction.slice(0, digits)) + up).toString().padStart(digits + 1, '0');
  const cut = units.slice(0, units.length - digits) + '.' + units.slice(units.length - digits);
  return decimal((negative && units !== '0'.repeat(units.length) ? '-' : '') + cut);
}

export const count = value => decimal(String(value));

/** All amounts with all their digits, each with its currency. */
export function money(cost) {
  return cost.length === 0 ? '–' : cost.map(one => decimal(one.amount, 2) + ' ' + one.currency).join(' · ');
}

/** The same, rounded to hundredths. */
export function moneyRounded(cost) {
  return cost.length === 0 ? '–' : cost.map(one => decimal(rounded(one.amount).replaceAll(',', '').replace('−', '-'), 2) + ' ' + one.currency).join(' · ');
}

export function share(text) {
  return text === null ? '–' : (Number(text) * 100).toLocaleString('en', { maximumFractionDigits: 1 }) + ' %';
}

/** An instant in a zone, as people write it. */
export function instant(text, zone, withSeconds = false) {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, year: 'numeric', month: 'short', day: '2-digit', hour: '2-digit', minute: '2-digit',
    second: withSeconds ? '2-digit' : undefined,
  }).format(new Date(text));
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

/** A file of rows. What a spreadsheet would take for a formula is led by an apostrophe (OWASP, CSV injection). */
export function csv(header, rows) {
  const cell = value => {
    let text = value === null || value === undefined ? '' : String(value);
    if (/^[=+@\t\r]/.test(text) || (text.startsWith('-') && !/^-\d+(\.\d+)?$/.test(text))) text = "'" + text;
    return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  };
  return [header, ...rows].map(row => row.map(cell).join(',')).join('\r\n') + '\r\n';
}
