import * as api from './api.js';
import { h, replace, announce } from './dom.js';
import { place, link } from './place.js';
import { problemBox } from './parts.js';
import { overview } from './overview.js';
import { customer } from './customer.js';
import { events } from './events.js';
import { keys } from './keys.js';
import { operations } from './operations.js';
import { shared } from './shared.js';

/** Each view is given where it is to draw, and a signal that ends when another view is shown. */
const VIEWS = [
  { name: 'overview', title: 'Overview', draw: overview },
  { name: 'customer', title: 'Customer', draw: customer, hidden: true },
  { name: 'events', title: 'Events', draw: events },
  { name: 'operations', title: 'Operations', draw: operations },
  { name: 'keys', title: 'Keys', draw: keys },
];
const app = document.getElementById('app');
let leaving = new AbortController();

function signOut(because) {
  api.key.forget();
  leaving.abort();
  signIn(because);
}

function signIn(because) {
  document.title = 'Sign in · Tidemark';
  const input = h('input', { id: 'key', type: 'password', autocomplete: 'off', required: true, placeholder: 'tm_…', spellcheck: 'false' });
  const said = h('div', {});
  if (because) said.append(h('div', { class: 'problem', role: 'alert' }, because));
  const button = h('button', { class: 'primary', type: 'submit' }, 'Sign in');
  const form = h('form', { class: 'card', onsubmit: async event => {
    event.preventDefault();
    button.disabled = true;
    api.key.set(input.value.trim());
    try {
      await api.get('usage', { period: '1m' });
      start();
    } catch (problem) {
      api.key.forget();
      if (problem.status === 401) return;
      replace(said, problemBox(problem));
      button.disabled = false;
      input.focus();
    }
  } },
  h('div', { class: 'brand' }, h('img', { src: 'app/icon.svg', alt: '' }), 'Tidemark'),
  h('h1', {}, 'Sign in'),
  said,
  h('label', { class: 'field', for: 'key' }, 'API key', input),
  button,
  h('p', { class: 'sub' }, 'Any key with the scope read. It stays in this tab and is gone when the tab is closed. ',
    h('code', {}, 'tidemark dev'), ' prints one when it is ready; ', h('code', {}, 'tidemark keys create'), ' makes others.'));
  replace(app, h('main', { class: 'door', id: 'main', tabindex: '-1' }, form));
  input.focus();
}

function themeButton() {
  const dark = () => document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  const name = () => (dark() ? 'Light theme' : 'Dark theme');
  return h('button', { class: 'quiet', type: 'button', onclick: () => {
    const theme = dark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem('tidemark.theme', theme);
    } catch (refused) {
      // Then it lasts as long as the tab.
    }
    start();
  } }, name());
}

function navigation(current) {
  return h('nav', { 'aria-label': 'Views' }, h('ul', {}, VIEWS.filter(view => !view.hidden).map(view =>
    h('li', {}, h('a', { href: link([view.name]), 'aria-current': view.name === current ? 'page' : null }, view.title)))));
}

function show() {
  leaving.abort();
  leaving = new AbortController();
  const now = place();
  const view = VIEWS.find(one => one.name === now.segments[0]) ?? VIEWS[0];
  document.title = view.title + ' · Tidemark';
  const main = h('main', { id: 'main', tabindex: '-1' });
  replace(app, h('div', { class: 'frame' },
    h('header', { class: 'side' },
      h('a', { class: 'brand', href: link(['overview']) }, h('img', { src: 'app/icon.svg', alt: '' }), 'Tidemark'),
      navigation(view.name),
      h('div', { class: 'foot' },
        h('a', { class: 'who', href: 'docs' }, 'API reference'),
        themeButton(),
        h('button', { class: 'quiet', type: 'button', onclick: () => signOut() }, 'Sign out'))),
    main));
  view.draw(main, leaving.signal);
  // What had the focus went with the view before.
  if (document.activeElement === document.body) main.focus({ preventScroll: true });
  announce(view.title);
}

/** A link's page: it leads nowhere else, and who is signed in stays so. */
function showShared() {
  leaving.abort();
  leaving = new AbortController();
  document.title = 'Usage';
  const main = h('main', { id: 'main', tabindex: '-1' });
  replace(app, h('div', { class: 'alone' },
    h('header', {}, h('span', { class: 'brand' }, h('img', { src: 'app/icon.svg', alt: '' }), 'Tidemark'), themeButton()), main));
  shared(main, leaving.signal);
  if (document.activeElement === document.body) main.focus({ preventScroll: true });
  announce('Usage');
}

function start() {
  if (place().segments[0] === 'shared') return showShared();
  if (!api.key.get()) return signIn();
  if (location.hash === '' || location.hash === '#/') history.replaceState(null, '', link(['overview']));
  return show();
}

document.querySelector('a.skip').addEventListener('click', event => {
  // The address after # is the view's.
  event.preventDefault();
  document.getElementById('main')?.focus();
});
addEventListener('hashchange', start);
addEventListener('tidemark:signed-out', () => signOut('There is no such key, or it was revoked or has expired.'));
start();
