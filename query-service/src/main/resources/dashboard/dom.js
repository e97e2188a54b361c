/** Makes an element. Texts become text, whatever is in them: nothing here is ever parsed as HTML. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = value;
    else if (name === 'value') element.value = value;
    else if (value === true) element.setAttribute(name, '');
    else element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

export function replace(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
}

/** The same for what is drawn again by itself: whoever is on something with a key in it stays there. */
export function redraw(element, ...children) {
  const here = element.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  replace(element, ...children);
  if (here !== undefined) element.querySelector('[data-key="' + CSS.escape(here) + '"]')?.focus({ preventScroll: true });
}

/** Tells it to those who do not see it. */
export function announce(text) {
  document.getElementById('announce').textContent = text;
}

export function download(name, bytes) {
  const link = h('a', { href: URL.createObjectURL(bytes), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
