// Who is here, in words and as cursors. The names come from the server, never from the other browser.
import { yCursorPlugin } from 'y-prosemirror'
import { colour, h, mark, replaceIfChanged, sr } from './dom.js'
import { t, tn } from './labels.js'

const FADE = 3000
const IDLE = 20000

export class Presence {
  constructor (provider, config) {
    Object.assign(this, { provider, config })
    this.moved = new Map() // client -> [cursor as text, timer]
    this.lastTyped = 0
    this.section = null
    provider.awareness.on('change', () => this.render())
    setInterval(() => this.tellMode(), 5000)
  }

  /** The list of people: one line per person and tab, me first. */
  people () {
    const me = this.provider.doc.clientID
    const list = []
    this.provider.awareness.getStates().forEach((state, client) => {
      const user = client === me ? this.config.user : state.user
      if (!user) return
      const mine = client === me || (user.name === this.config.user.name && user.party === this.config.user.party)
      if (mine && client !== me) return // my other tab
      list.push({ client, user, me: client === me, writing: state.mode === 'writing', section: state.section || null })
    })
    return list.sort((a, b) => b.me - a.me || a.client - b.client)
  }

  render () {
    const people = this.people()
    const here = document.getElementById('cse-here')
    if (here) replaceIfChanged(here, people.slice(0, 6).map(person => this.short(person)).concat(this.rest(people.length - 6)))
    const list = document.getElementById('cse-people-list')
    if (list) replaceIfChanged(list, people.map(person => this.long(person)))
    const dock = document.getElementById('cse-dock-people')
    if (dock) dock.textContent = tn('people_count', people.length)
    this.onpeople?.(people)
    this.watchCursors()
  }

  rest (n) {
    return n > 0 ? [h('span', {}, t('and_more', { count: n }))] : []
  }

  short ({ user, me, writing }) {
    const text = me ? t('person_you', { name: user.name }) : t(writing ? 'person_writing' : 'person_reading', { name: user.name })
    return h('span', {}, mark(user, 'cse-mark-s'), user.party ? sr(`${user.party} · `) : null, text)
  }

  long ({ user, me, writing, section }) {
    const name = me ? t('person_you', { name: user.name }) : user.name
    const heading = section && this.sectionName?.(section)
    const doing = writing ? (heading ? t('writing_in', { section: heading }) : t('writing')) : t('reading')
    return h('li', { class: 'cse-with-mark' }, mark(user),
      h('p', { class: 'cse-person' }, user.party ? [h('b', {}, user.party), ' · '] : null, name, h('br'), h('span', { class: 'cse-muted' }, doing)))
  }

  // -- mine --------------------------------------------------------------------------------------------------------

  typed () {
    this.lastTyped = Date.now()
    this.tellMode()
  }

  tellMode () {
    const mode = Date.now() - this.lastTyped < IDLE ? 'writing' : 'reading'
    const state = this.provider.awareness.getLocalState() || {}
    if (state.mode !== mode || state.section !== this.section) {
      this.provider.awareness.setLocalState({ ...state, mode, section: this.section })
    }
  }

  setSection (bid) {
    if (bid === this.section) return
    this.section = bid
    clearTimeout(this.sectionTimer)
    this.sectionTimer = setTimeout(() => this.tellMode(), 400)
  }

  /** Others' browsers ask for the comments again when this number changes. */
  hintThreads () {
    const state = this.provider.awareness.getLocalState() || {}
    this.provider.awareness.setLocalState({ ...state, threads: Date.now() })
  }

  // -- theirs ------------------------------------------------------------------------------------------------------

  plugin () {
    return yCursorPlugin(this.provider.awareness, {
      cursorBuilder: (user, client) => this.caret(user, client),
      selectionBuilder: (user) => ({ class: `cse-sel cse-c${colour(user)}` })
    })
  }

  caret (user, client) {
    const party = user.party ? h('span', { class: 'cse-hide-s' }, `${user.party} · `) : null
    return h('span', { class: `cse-caret cse-c${colour(user)}`, 'aria-hidden': 'true', 'data-client': String(client) },
      '\u2060', h('span', {}, party, user.name || ''), '\u2060')
  }

  /** A flag shows when its cursor moves, and fades; near the end of the line it opens to the other side. */
  watchCursors () {
    this.provider.awareness.getStates().forEach((state, client) => {
      if (client === this.provider.doc.clientID || !state.cursor) return
      const place = JSON.stringify(state.cursor)
      const [before, timer] = this.moved.get(client) || []
      if (before === place) return
      clearTimeout(timer)
      this.moved.set(client, [place, setTimeout(() => this.fade(client), FADE)])
    })
    requestAnimationFrame(() => this.place())
  }

  fade (client) {
    const entry = this.moved.get(client)
    if (entry) entry[1] = null
    this.place()
  }

  place () {
    const text = document.getElementById('text')
    if (!text) return
    const frame = text.getBoundingClientRect()
    const rtl = getComputedStyle(text).direction === 'rtl'
    for (const caret of text.querySelectorAll('.cse-caret[data-client]')) {
      const flag = caret.querySelector('span')
      const at = caret.getBoundingClientRect()
      const room = rtl ? at.left - frame.left : frame.right - at.right
      caret.classList.toggle('cse-caret-flip', room < flag.offsetWidth)
      caret.classList.toggle('cse-caret-faded', !this.moved.get(Number(caret.dataset.client))?.[1])
    }
  }
}
