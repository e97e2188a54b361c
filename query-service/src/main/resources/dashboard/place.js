/** Where one is: the view, its period and zone, all in the address, so that it can be sent to somebody else. */
export const PERIODS = [
  ['today', 'Today'], ['yesterday', 'Yesterday'], ['24h', 'Last 24 hours'], ['7d', 'Last 7 days'], ['30d', 'Last 30 days'],
  ['90d', 'Last 90 days'], ['this_month', 'This month'], ['last_month', 'Last month'],
];
const LOCAL = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** Addresses are sent about and lose their ends: what cannot be decoded stands for itself. */
function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch (cut) {
    return segment;
  }
}

export function place() {
  const [path, search = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const parameters = new URLSearchParams(search);
  return {
    segments: path.split('/').filter(segment => segment !== '').map(decoded),
    period: parameters.get('period') ?? '30d',
    zone: parameters.get('tz') ?? LOCAL,
    get: name => parameters.get(name),
  };
}

/** The address of a view; the period and the zone stay as they are where they are not named. */
export function link(segments, changes = {}) {
  const now = place();
  const parameters = new URLSearchParams();
  const all = { period: now.period, tz: now.zone, ...changes };
  for (const [name, value] of Object.entries(all)) if (value !== null && value !== '') parameters.set(name, value);
  return '#/' + segments.map(encodeURIComponent).join('/') + '?' + parameters;
}

export function zones() {
  const all = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
  return [...new Set(['UTC', LOCAL, ...all])];
}

/** Those that are no longer than some days; the server says what a period really is. */
const HOURS = { today: 24, yesterday: 24 };

/** The window that makes a readable chart of a period, as far as its name says how long it is. */
export function windowFor(period) {
  const [, length, unit] = period.match(/^(\d+)([mhdw])$/) ?? [];
  const hours = HOURS[period] ?? (length ? length * { m: 1 / 60, h: 1, d: 24, w: 168 }[unit] : 24 * 30);
  if (hours <= 3) return 'minute';
  if (hours <= 12) return '15m';
  if (hours <= 72) return 'hour';
  return hours <= 24 * 120 ? 'day' : 'month';
}

