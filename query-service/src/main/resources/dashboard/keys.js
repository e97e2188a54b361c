import * as api from './api.js';
import { h, replace, announce } from './dom.js';
import { place } from './place.js';
import { instant } from './format.js';
import { skeleton, copyAsCurl, copyButton, problemBox } from './parts.js';

const SCOPES = [
  ['ingest', 'send events'], ['read', 'ask for usage and customers'], ['write', 'change customers'], ['admin', 'make keys and tenants'],
];

export function keys(main, signal) {
  new Keys(main, signal).begin();
}

class Keys {
  constructor(main, signal) {
    this.signal = signal;
    this.zone = place().zone;
    this.problem = h('div', {});
    this.fresh = h('div', {});
    this.table = h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'API keys' }, skeleton(3));
    replace(main,
      h('div', { class: 'bar' }, h('div', { class: 'title' }, h('h1', {}, 'Keys'), h('p', {}, 'A key is shown once, when it is made. Tidemark keeps its hash.'))),
      this.problem, this.fresh,
      h('section', { class: 'card block', 'aria-labelledby': 'new-title' }, h('div', { class: 'head' }, h('h2', { id: 'new-title' }, 'New key')), this.form()),
      h('section', { class: 'card block', 'aria-labelledby': 'keys-title' }, h('div', { class: 'head' }, h('h2', { id: 'keys-title' }, 'Keys there are')), this.table),
      copyAsCurl('../../admin/api-keys'));
  }

  async begin() {
    try {
      const all = await api.get('../../admin/api-keys', {}, this.signal);
      this.list(all.data);
      replace(this.problem);
    } catch (problem) {
      if (problem.name === 'AbortError') return;
      replace(this.table);
      replace(this.problem, problemBox(problem, () => this.begin()));
    }
  }

  form() {
    const tenant = h('input', { id: 'key-tenant', required: true, pattern: '[a-z0-9][a-z0-9_\\-]{0,62}', placeholder: 'acme', autocomplete: 'off' });
    const name = h('input', { id: 'key-name', placeholder: 'gateway', autocomplete: 'off' });
    const boxes = SCOPES.map(([scope, does]) => [scope, h('input', { type: 'checkbox', id: 'scope-' + scope, ...(scope === 'read' ? { checked: true } : {}) }), does]);
    const button = h('button', { class: 'primary', type: 'submit' }, 'Make it');
    return h('form', { class: 'grid keys', onsubmit: async event => {
      event.preventDefault();
      button.disabled = true;
      const scopes = boxes.filter(([, box]) => box.checked).map(([scope]) => scope);
      await this.change(() => api.post('../../admin/api-keys', { tenant: tenant.value, scopes, ...(name.value ? { name: name.value } : {}) }));
      button.disabled = false;
    } },
    h('label', { class: 'field', for: tenant.id }, 'Tenant', tenant),
    h('label', { class: 'field', for: name.id }, 'Name', name),
    h('fieldset', {}, h('legend', {}, 'May'), boxes.map(([scope, box, does]) => h('label', { class: 'check', for: box.id }, box, h('span', {}, does, ' ', h('code', {}, scope))))),
    button);
  }

  /** What was made is shown, and the list anew. */
  async change(call) {
    try {
      const made = await call();
      replace(this.problem);
      replace(this.fresh, made?.key ? this.once(made) : null);
      announce(made?.key ? 'The key is made' : 'Done');
      await this.begin();
    } catch (problem) {
      replace(this.problem, problemBox(problem));
    }
  }

  once(made) {
    return h('div', { class: 'card block secret', role: 'status' }, h('h2', {}, 'The key of ' + made.tenant),
      h('p', {}, 'Copy it now: it is shown this once.'), h('pre', { tabindex: '0' }, made.key),
      copyButton(made.key));
  }

  list(all) {
    if (all.length === 0) {
      replace(this.table, h('div', { class: 'empty' }, h('p', {}, 'None yet but the one you came with.')));
      return;
    }
    replace(this.table, h('table', {},
      h('caption', { class: 'visually-hidden' }, 'API keys'),
      h('thead', {}, h('tr', {}, ['Key', 'Tenant', 'May', 'State', 'Made', ''].map((title, i) => h('th', { scope: 'col', class: i === 4 ? 'wide' : '' }, title === '' ? h('span', { class: 'visually-hidden' }, 'Change') : title)))),
      h('tbody', {}, all.map(one => h('tr', {},
        h('th', { scope: 'row' }, one.name ?? one.id, one.name ? h('div', { class: 'sub mono' }, one.id) : null),
        h('td', {}, one.tenant), h('td', {}, one.scopes.join(', ')),
        h('td', {}, one.active ? h('span', { class: 'badge' }, one.expires_at ? 'Until ' + instant(one.expires_at, this.zone) : 'Active')
          : h('span', { class: 'badge plain' }, one.revoked_at ? 'Revoked' : 'Expired')),
        h('td', { class: 'wide' }, instant(one.created_at, this.zone)),
        h('td', {}, one.active ? h('div', { class: 'tools' },
          h('button', { type: 'button', onclick: () => this.change(() => api.post('../../' + api.path('admin', 'api-keys', one.id, 'rotate'), {})) }, 'Rotate'),
          h('button', { type: 'button', onclick: () => confirm('Revoke ' + (one.name ?? one.id) + '? It ends for ever, everywhere, within a second.')
            && this.change(() => api.remove('../../' + api.path('admin', 'api-keys', one.id))) }, 'Revoke')) : null))))));
  }
}
