// What the author wrote and the server does not have: taken over by the next session, or shown to be copied.
import * as Y from 'yjs'
import { LEFT_BEHIND } from './provider.js'
import { toast, unsavedText } from './notices.js'
import { t } from './labels.js'

/** The words that these updates add, in the order in which they were written. */
export function wordsOf (updates) {
  if (!updates.length) return ''
  const { structs } = Y.decodeUpdate(updates.length > 1 ? Y.mergeUpdates(updates) : updates[0])
  let text = ''
  for (const struct of structs) {
    const { content } = struct
    if (!content) continue
    if (typeof content.str === 'string') text += content.str
    else if (content.type && text && !text.endsWith('\n')) text += '\n' // a new paragraph, item or cell
  }
  return text.trim()
}

/** After the first synchronisation: merge what earlier sessions left on this device. */
export async function mergeLeftBehind (provider) {
  let merged = false
  const refused = []
  for (const set of await provider.unsent.leftBehind()) {
    if (set.refused || !provider.canWrite) {
      refused.push(set)
      continue
    }
    const before = provider.count
    for (const update of set.updates) Y.applyUpdate(provider.doc, update, LEFT_BEHIND)
    merged ||= provider.count > before
    await provider.unsent.flush()
    await provider.unsent.forget(set.client)
  }
  if (merged) toast(t('merged'))
  const lost = refused.map(set => [set, wordsOf(set.updates)]).filter(([, words]) => words)
  if (lost.length) {
    unsavedText(lost.map(([, words]) => words).join('\n\n'), {
      discard: () => lost.forEach(([set]) => provider.unsent.forget(set.client))
    })
  }
}

/** The session ended with a journal that nobody takes any more. */
export function showOutstanding (provider) {
  const words = wordsOf(provider.journal.map(entry => entry.update))
  if (words) unsavedText(words)
}
