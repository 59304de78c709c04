import { complain, openDialog } from './dialogs.js'
import { safeHref, schema } from './schema.js'

const { link } = schema.marks

/** The link around the cursor: [from, to, href], or the selection without one. */
function linkAt (state) {
  const { $from, from, to, empty } = state.selection
  const parent = $from.parent
  const mark = empty ? link.isInSet($from.marks()) : firstLink(state, from, to)
  if (!mark || !parent.inlineContent) return [from, to, '']
  if (!empty) return [from, to, mark.attrs.href]
  let start = $from.start()
  let range = [from, to]
  let at = start
  parent.forEach(child => {
    const has = mark.isInSet(child.marks)
    if (!has) start = at + child.nodeSize
    else if (at <= from && at + child.nodeSize >= from) range = [start, at + child.nodeSize]
    else if (range[1] === at && range[1] !== from) range[1] = at + child.nodeSize
    at += child.nodeSize
  })
  return [...range, mark.attrs.href]
}

function firstLink (state, from, to) {
  let found = null
  state.doc.nodesBetween(from, to, node => { found ||= link.isInSet(node.marks) })
  return found
}

/** "kopru.org" -> "https://kopru.org", "a@b.org" -> "mailto:a@b.org" */
export function complete (typed) {
  const value = typed.trim()
  if (/^[a-z][a-z0-9+.-]*:/i.test(value) || /^[/#]/.test(value)) return value
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(value)) return `mailto:${value}`
  return value ? `https://${value}` : ''
}

export function linkDialog (view) {
  const [from, to, href] = linkAt(view.state)
  openDialog('cse-link', {
    fill: form => {
      form.elements.href.value = href
      form.elements.words.value = view.state.doc.textBetween(from, to, ' ')
      form.elements.words.closest('.cse-field').hidden = from !== to
      form.querySelector('[value="remove"]').hidden = !href
    },
    submit: (form, pressed) => {
      if (pressed === 'remove') return view.dispatch(view.state.tr.removeMark(from, to, link))
      const target = safeHref(complete(form.elements.href.value)) || complain('link_unsafe')
      const mark = link.create({ href: target })
      const tr = view.state.tr
      if (from === to) {
        const words = form.elements.words.value.trim() || form.elements.href.value.trim()
        tr.insert(from, schema.text(words, [mark]))
      } else tr.removeMark(from, to, link).addMark(from, to, mark)
      view.dispatch(tr)
    },
    after: () => view.focus()
  })
}
