// Messages: short ones pass (toast), those that need an answer stay above the text.
import { h, icon } from './dom.js'
import { t } from './labels.js'

/** What was just done, with an optional way back; the page shows and announces it. */
export function toast (text, action) {
  document.dispatchEvent(new CustomEvent('cse:toast', { detail: { text, action: action?.label, run: action?.run } }))
}

/** A note above the text; `key` replaces an earlier one of the same kind. */
export function note (key, { bad = false, title, text, actions = [], body = null }) {
  dropNote(key)
  const el = h('div', { class: `cse-note${bad ? ' cse-note-bad' : ''}`, 'data-note': key, role: bad ? 'alert' : null },
    icon(bad ? 'alert' : 'info'),
    h('div', {}, h('p', {}, h('b', {}, title), text ? ` ${text}` : ''), body, actions.length ? h('p', { class: 'cse-row' }, actions) : null))
  document.getElementById('cse-notes').append(el)
  return el
}

export function dropNote (key) {
  document.querySelector(`#cse-notes [data-note="${key}"]`)?.remove()
}

export const button = (label, run, extra = '') => h('button', { type: 'button', class: `cse-btn ${extra}`.trim(), onclick: run }, label)

/** Text that did not reach the server, for its author only: to copy, to save as a file, or to throw away. */
export function unsavedText (text, { discard = null } = {}) {
  const area = h('textarea', { class: 'cse-input', rows: 6, readonly: true, 'aria-label': t('unsaved_title') })
  area.value = text
  const copy = async () => {
    try { await navigator.clipboard.writeText(text) } catch { area.select(); document.execCommand('copy') }
    toast(t('copied'))
  }
  const save = () => {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
    h('a', { href: url, download: t('unsaved_file') }).click()
    setTimeout(() => URL.revokeObjectURL(url), 10000)
  }
  const actions = [button(t('copy'), copy), button(t('save_file'), save)]
  if (discard) actions.push(button(t('discard'), () => { dropNote('unsaved'); discard() }, 'cse-btn-quiet'))
  note('unsaved', { bad: true, title: t('unsaved_title'), text: t('unsaved_help'), body: area, actions })
}
