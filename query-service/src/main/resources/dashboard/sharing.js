import * as api from './api.js';
import { h, replace, redraw, announce } from './dom.js';
import { instant } from './format.js';
import { skeleton, copyButton, problemBox } from './parts.js';

const LENGTHS = [['1d', '1 day'], ['7d', '7 days'], ['30d', '30 days'], ['90d', '90 days']];

/** The links to one customer: those there are, and the one that is made now, which is shown this once. */
export class Sharing {
  /** @param where the path of the customer's links */
  constructor(where, zone, signal) {
    this.where = where;
    this.zone = zone;
    this.signal = signal;
    this.said = h('div', {});
    this.fresh = h('div', {});
    this.links = h('div', {}, skeleton(1));
    this.length = h('select', { id: 'share-length' }, LENGTHS.map(([value, title]) => h('option', { value, selected: value === '7d' }, title)));
    this.button = h('button', { type: 'submit', id: 'share' }, 'Share');
    this.form = h('form', { class: 'tools', onsubmit: event => {
      event.preventDefault();
      this.make();
    } }, h('label', { class: 'field', for: this.length.id }, 'Good for', this.length), this.button);
    this.element = h('section', { class: 'card block sharing', 'aria-labelledby': 'sharing-title' },
      h('div', { class: 'head' }, h('h2', { id: 'sharing-title' }, 'Share')),
      h('p', { class: 'sub' }, 'A link shows what this customer used, and nothing else, to whoever has it.'),
      this.said, this.form, this.fresh, this.links);
  }

  async list() {
    try {
      this.show((await api.get(this.where, {}, this.signal)).data);
    } catch (problem) {
      this.failed(problem);
    }
  }

  failed(problem) {
    if (problem.name === 'AbortError') return;
    if (problem.status === 403 || problem.status === 404) {
      this.form.remove();
      replace(this.links, h('p', { class: 'sub' }, problem.status === 403 ? 'That needs a key with the scope write.'
        : 'The directory does not have this customer yet; it will a moment after its first event.'));
      return;
    }
    replace(this.said, problemBox(problem));
  }

  async make() {
    this.button.disabled = true;
    try {
      const made = await api.post(this.where, { expires_in: this.length.value });
      const url = api.root('#/shared/' + made.token).href;
      const text = h('pre', { tabindex: '0', id: 'shared-url' }, url);
      replace(this.said);
      replace(this.fresh, h('div', { class: 'secret', role: 'status' },
        h('p', {}, 'Copy it now: it is shown this once.'), text, copyButton(url)));
      announce('The link is made');
      text.focus();
      await this.list();
    } catch (problem) {
      this.failed(problem);
    }
    this.button.disabled = false;
  }

  async revoke(link) {
    if (!confirm('Revoke the link ' + link.id + '? It ends for ever, everywhere, within a second.')) return;
    try {
      await api.remove(this.where + '/' + api.path(link.id));
      replace(this.said);
      replace(this.fresh);
      announce('Revoked');
      await this.list();
    } catch (problem) {
      this.failed(problem);
    }
  }

  show(links) {
    redraw(this.links, links.length === 0 ? null : h('ul', { class: 'rows', 'aria-label': 'Links that are good' }, links.map(link => h('li', {},
      h('span', {}, h('span', { class: 'mono' }, 'tm_link_' + link.id + '_…'), h('div', { class: 'sub' }, 'until ' + instant(link.expires_at, this.zone))),
      h('button', { type: 'button', 'data-key': link.id, onclick: () => this.revoke(link) }, 'Revoke')))));
  }
}
