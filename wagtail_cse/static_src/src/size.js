// More at once than the server takes is held back, with a word about it: what stands in the text stays and is saved.
import { Plugin } from 'prosemirror-state'
import { ySyncPluginKey } from 'y-prosemirror'

/** Bytes of text in one step, below the limit of an update. */
const MOST = 900000

function bytesOf (slice) {
  const { content } = slice
  // A character takes three bytes at most.
  if (content.size * 3 <= MOST) return 0
  return new TextEncoder().encode(content.textBetween(0, content.size, '\n')).length
}

/** `refused()` is called when an edit was held back. */
export const notTooMuch = (refused) => new Plugin({
  filterTransaction (tr) {
    if (!tr.docChanged || tr.getMeta(ySyncPluginKey)) return true
    const size = tr.steps.reduce((sum, step) => sum + (step.slice ? bytesOf(step.slice) : 0), 0)
    if (size <= MOST) return true
    refused?.()
    return false
  }
})
