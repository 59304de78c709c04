// Where a comment belongs: two Yjs relative positions (base64), and the words themselves for when those are gone.
import * as Y from 'yjs'
import { Plugin, PluginKey } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import { absolutePositionToRelativePosition, relativePositionToAbsolutePosition, ySyncPluginKey } from 'y-prosemirror'

export const anchorsKey = new PluginKey('cse-anchors')

const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes))
const fromBase64 = (text) => Uint8Array.from(atob(text), c => c.charCodeAt(0))

const binding = (state) => {
  const { type, binding: b } = ySyncPluginKey.getState(state)
  return [type, b.mapping]
}

/** @returns {{start: string, end: string, quote: string, bid: string}} of the selection */
export function anchorOf (state, from, to) {
  const encode = (pos) => toBase64(Y.encodeRelativePosition(absolutePositionToRelativePosition(pos, ...binding(state))))
  const block = state.doc.resolve(from)
  return {
    start: encode(from),
    end: encode(to),
    quote: state.doc.textBetween(from, to, '\n', ' ').slice(0, 2000),
    bid: (block.depth ? block.node(1) : state.doc.nodeAt(from))?.attrs.bid || ''
  }
}

/** @returns {[number, number]|null} the place of a thread in the present text; null: its words are gone */
export function placeOf (state, thread) {
  const [type, mapping] = binding(state)
  const decode = (text) => {
    try {
      return relativePositionToAbsolutePosition(type.doc, type, Y.decodeRelativePosition(fromBase64(text)), mapping)
    } catch {
      return null
    }
  }
  const from = decode(thread.start)
  const to = decode(thread.end)
  if (from !== null && to !== null && from < to && to <= state.doc.content.size) return [from, to]
  return findQuote(state, thread)
}

/** A block that changed its type was written anew: the same words in the same block are the same place. */
function findQuote (state, { quote, bid }) {
  if (!quote || !bid) return null
  let found = null
  state.doc.forEach((node, pos) => {
    if (found || node.attrs.bid !== bid) return
    const at = node.textBetween(0, node.content.size, '\n', ' ').indexOf(quote)
    if (at < 0 || !node.isTextblock) return
    found = [pos + 1 + at, pos + 1 + at + quote.length]
  })
  return found
}

function decorate (state, { threads, active }) {
  const marks = []
  for (const thread of threads) {
    if (thread.resolved && thread.uuid !== active) continue
    const place = placeOf(state, thread)
    if (!place) continue
    const on = thread.uuid === active ? ' cse-anchor-on' : ''
    marks.push(Decoration.inline(place[0], place[1], { class: `cse-anchor${on}`, 'data-thread': thread.uuid }))
  }
  return DecorationSet.create(state.doc, marks)
}

/** `onplaces(state)` is called when places may have changed; set threads with `tr.setMeta(anchorsKey, {threads, active})`. */
export const anchors = ({ onplaces, onpick }) => new Plugin({
  key: anchorsKey,
  state: {
    init: () => ({ threads: [], active: null, marks: DecorationSet.empty }),
    apply (tr, value, before, state) {
      const set = tr.getMeta(anchorsKey)
      if (set) value = { ...value, ...set }
      const remote = tr.docChanged && tr.getMeta(ySyncPluginKey)
      if (set || remote) return { ...value, marks: decorate(state, value) }
      return tr.docChanged ? { ...value, marks: value.marks.map(tr.mapping, tr.doc) } : value
    }
  },
  view: () => {
    let timer
    return {
      update (view, before) {
        if (view.state.doc.eq(before.doc)) return
        clearTimeout(timer)
        timer = setTimeout(() => onplaces(view.state), 500)
      }
    }
  },
  props: {
    decorations: state => anchorsKey.getState(state).marks,
    handleClick (view, pos, event) {
      const thread = event.target.closest?.('[data-thread]')
      if (thread) onpick(thread.dataset.thread)
      return false
    }
  }
})
