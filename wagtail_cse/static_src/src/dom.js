// Building elements without markup in strings.
/** h('p', {class: 'x', onclick: f}, 'text', child, [more]) */
export function h (tag, attrs = {}, ...children) {
  const el = document.createElement(tag)
  for (const [name, value] of Object.entries(attrs)) {
    if (value === null || value === undefined || value === false) continue
    if (name.startsWith('on')) el.addEventListener(name.slice(2), value)
    else el.setAttribute(name, value === true ? '' : String(value))
  }
  el.append(...children.flat(3).filter(c => c !== null && c !== undefined && c !== false))
  return el
}

/** An icon of the page's own set (template #cse-icons); decoration, the words stand beside it. */
export function icon (name) {
  const source = document.getElementById('cse-icons').content.querySelector(`[data-icon="${name}"] > *`)
  return source ? source.cloneNode(true) : document.createTextNode('')
}

export const sr = (text) => h('span', { class: 'cse-sr' }, text)

/** The mark of an organisation: decoration, the name always stands next to it. */
export function mark (user, extra = '') {
  const shape = user.shape && user.shape !== 'square' ? ` cse-mark-${user.shape}` : ''
  return h('span', { class: `cse-mark${shape} ${extra} cse-c${colour(user)}`.replace(/ +/g, ' '), 'aria-hidden': 'true' }, String(user.initials || '').slice(0, 3))
}

export const colour = (user) => {
  const n = Number(user?.colour)
  return n >= 1 && n <= 12 ? Math.floor(n) : 12
}

/** Puts the children into the element only if they changed, so that focus and screen readers are left in peace. */
export function replaceIfChanged (el, children) {
  const fresh = h('div', {}, children)
  if (fresh.innerHTML !== el.innerHTML) el.replaceChildren(...fresh.childNodes)
}
