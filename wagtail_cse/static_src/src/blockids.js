// Every top-level block carries a `bid`: translations, comparison and publication recognise the block by it.
import { Plugin } from 'prosemirror-state'
import { ySyncPluginKey } from 'y-prosemirror'

export const newBid = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = bytes[6] & 0x0f | 0x40
  bytes[8] = bytes[8] & 0x3f | 0x80
  return [...bytes].map(b => b.toString(16).padStart(2, '0')).join('')
}

/** [[position, node]] of the blocks that need an id. Of two with the same id (a split) the one with the text keeps it. */
export function withoutId (doc) {
  const owner = new Map()
  const need = []
  doc.forEach((node, pos) => {
    const { bid } = node.attrs
    if (!bid) return need.push([pos, node])
    const first = owner.get(bid)
    if (!first) return owner.set(bid, [pos, node])
    const loser = first[1].content.size === 0 && node.content.size > 0 ? first : [pos, node]
    if (loser === first) owner.set(bid, [pos, node])
    need.push(loser)
  })
  return need
}

export const blockIds = () => new Plugin({
  appendTransaction (transactions, before, state) {
    // What arrives from others is put right by them, or at our next edit: never answer an edit with an edit.
    if (!transactions.some(tr => tr.docChanged && !tr.getMeta(ySyncPluginKey))) return null
    const need = withoutId(state.doc)
    if (!need.length) return null
    const tr = state.tr
    for (const [pos] of need) tr.setNodeAttribute(pos, 'bid', newBid())
    return tr
  }
})
