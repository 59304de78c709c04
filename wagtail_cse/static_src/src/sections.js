// The headings that the template fixed stay: ordinary editing here cannot delete, move, rename or retype them.
import { Plugin, TextSelection } from 'prosemirror-state'
import { ySyncPluginKey } from 'y-prosemirror'

export const isFixed = (node) => node.type.name === 'heading' && Boolean(node.attrs.section)

const fingerprint = (doc) => {
  const found = []
  doc.forEach(node => { if (isFixed(node)) found.push(`${node.attrs.section}|${node.attrs.level}|${node.textContent}`) })
  return found.join('\n')
}

/** `refused()` is called when an edit was held back. */
export const fixedSections = (refused) => new Plugin({
  filterTransaction (tr, state) {
    if (!tr.docChanged || tr.getMeta(ySyncPluginKey)) return true
    const before = fingerprint(state.doc)
    if (!before || before === fingerprint(tr.doc)) return true
    refused?.()
    return false
  },
  props: {
    // Typing over a selection that holds fixed headings: they stay, the text between goes.
    handleTextInput (view, from, to, text) {
      if (!deleteBetweenSections(view.state, view.dispatch)) return false
      const { $from } = view.state.selection
      if (!isFixed($from.parent)) view.dispatch(view.state.tr.insertText(text))
      return true
    }
  }
})

/** Backspace or Delete over several sections: the text goes, the fixed headings stay. */
export function deleteBetweenSections (state, dispatch) {
  const { from, to, empty } = state.selection
  if (empty) return false
  const fixed = []
  state.doc.forEach((node, pos) => { if (isFixed(node) && pos < to && pos + node.nodeSize > from) fixed.push([pos, pos + node.nodeSize]) })
  if (!fixed.length) return false
  if (!dispatch) return true
  const tr = state.tr
  const pieces = []
  let at = from
  for (const [start, end] of fixed) {
    if (start > at) pieces.push([at, start])
    at = Math.max(at, end)
  }
  if (to > at) pieces.push([at, to])
  // From the back, so that the positions of what is still to do stay right. Where whole blocks go, one empty paragraph
  // stays to write in.
  for (const [start, end] of [...pieces].reverse()) {
    const whole = tr.doc.resolve(start).depth === 0 && tr.doc.resolve(end).depth === 0
    if (whole) tr.replaceWith(start, end, state.schema.nodes.paragraph.create())
    else tr.delete(start, end)
  }
  const cursor = pieces.length ? pieces[0][0] : from
  tr.setSelection(TextSelection.near(tr.doc.resolve(cursor), 1))
  dispatch(tr.scrollIntoView())
  return true
}
