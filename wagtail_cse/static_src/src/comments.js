// Comment threads beside the text: a list in the order of the text, orphans and settled ones below.
import { anchorOf, anchorsKey, placeOf } from './anchors.js'
import { requestId } from './api.js'
import { colour, h, icon, mark } from './dom.js'
import { moment, t, tn } from './labels.js'
import { toast } from './notices.js'

const EVERY = 20000

export class Comments {
  constructor ({ view, api, urls, config, presence, panels, bar }) {
    Object.assign(this, { view, api, urls, config, presence, panels, bar })
    this.threads = []
    this.active = null
    this.draft = null // {start, end, quote, bid} of a comment that is being written
    this.replies = new Map() // thread -> text in its open answer field
    this.list = document.getElementById('cse-threads')
    this.may = config.verbs.includes('comment')
    this.hints = new Map()
    presence.provider.awareness.on('change', () => this.hinted())
    this.render()
    this.load()
    setInterval(() => { if (!document.hidden) this.load() }, EVERY)
  }

  async load () {
    try {
      const { threads } = await this.api.get(this.urls.threads)
      this.take(threads)
    } catch { /* the next turn asks again; the saved state already says that the network is gone */ }
  }

  hinted () {
    let fresh = false
    this.presence.provider.awareness.getStates().forEach((state, client) => {
      if (!state.threads || client === this.presence.provider.doc.clientID) return
      if (this.hints.get(client) !== state.threads) fresh = true
      this.hints.set(client, state.threads)
    })
    if (fresh) this.load()
  }

  take (threads) {
    const before = JSON.stringify(this.threads)
    // Settled by somebody else while it was open here.
    const was = this.threads.find(thread => thread.uuid === this.active)
    const now = threads.find(thread => thread.uuid === this.active)
    if (was && (!now || (now.resolved && !was.resolved))) this.active = null
    this.threads = threads
    if (JSON.stringify(threads) !== before) this.show()
  }

  replace (thread) {
    const index = this.threads.findIndex(other => other.uuid === thread.uuid)
    if (index < 0) this.threads.push(thread)
    else this.threads[index] = thread
    this.presence.hintThreads()
    this.show()
  }

  /** Marks in the text and the list beside it. */
  show () {
    const { view } = this
    view.dispatch(view.state.tr.setMeta(anchorsKey, { threads: this.threads, active: this.active }).setMeta('addToHistory', false))
    this.render()
  }

  pick (uuid) {
    this.active = this.active === uuid ? null : uuid
    this.show()
    if (!this.active) return
    this.panels.open('comments')
    this.view.dom.querySelector(`[data-thread="${uuid}"]`)?.scrollIntoView({ block: 'nearest' })
    document.getElementById(`c-${uuid}`)?.scrollIntoView({ block: 'nearest' })
  }

  // -- a new comment -----------------------------------------------------------------------------------------------

  begin () {
    const { from, to, empty } = this.view.state.selection
    if (!this.may) return
    if (empty) return toast(t('select_first'))
    this.draft = anchorOf(this.view.state, from, to)
    this.active = null
    this.show()
    this.panels.open('comments')
    document.getElementById('cse-new-comment')?.focus()
  }

  async send (event) {
    event.preventDefault()
    const field = document.getElementById('cse-new-comment')
    const body = field.value.trim()
    if (!body) return field.focus()
    this.draft.request_id ||= requestId()
    await this.attempt(event.target, async () => {
      const thread = await this.api.post(this.urls.threads, { ...this.draft, body })
      this.draft = null
      this.active = thread.uuid
      this.replace(thread)
      toast(t('comment_added'))
      this.view.focus()
    })
  }

  // -- threads -----------------------------------------------------------------------------------------------------

  async answer (event, thread) {
    event.preventDefault()
    const field = event.target.querySelector('textarea')
    const body = field.value.trim()
    if (!body) return field.focus()
    thread.request_id ||= requestId()
    await this.attempt(event.target, async () => {
      const fresh = await this.api.post(thread.replies_url, { body, request_id: thread.request_id })
      this.replies.delete(thread.uuid)
      this.replace(fresh)
      toast(t('answer_added'))
      document.getElementById(`c-${thread.uuid}`)?.querySelector('textarea')?.focus()
    })
  }

  async settle (el, thread, resolved) {
    await this.attempt(el, async () => {
      const fresh = await this.api.post(thread.resolve_url, { resolved })
      if (resolved && this.active === thread.uuid) this.active = null
      this.replace(fresh)
      if (resolved) toast(t('comment_settled'), { label: t('undo'), run: () => this.settle(this.list, fresh, false) })
      else this.pick(fresh.uuid)
    })
  }

  /** Runs it once at a time; a failure is said at the form and leaves what was typed. */
  async attempt (el, run) {
    if (this.busy) return
    this.busy = true
    el.querySelector('.cse-field__error')?.remove()
    try {
      await run()
    } catch (error) {
      const line = h('p', { class: 'cse-field__error', role: 'alert' }, error.message)
      if (el.matches('form')) el.prepend(line)
      else toast(error.message)
    }
    this.busy = false
  }

  // -- list --------------------------------------------------------------------------------------------------------

  sorted () {
    const open = []
    const orphaned = []
    const settled = []
    for (const thread of this.threads) {
      const place = placeOf(this.view.state, thread)
      if (thread.resolved && thread.uuid !== this.active) settled.push(thread)
      else if (place) open.push([place[0], thread])
      else orphaned.push(thread)
    }
    return { open: open.sort((a, b) => a[0] - b[0]).map(([, thread]) => thread), orphaned, settled }
  }

  render () {
    this.keepTyped()
    const { open, orphaned, settled } = this.sorted()
    const wasOpen = this.list.querySelector('details.cse-settled')?.open
    const focus = document.activeElement?.id && this.list.contains(document.activeElement) ? document.activeElement.id : null
    const parts = []
    if (this.draft) parts.push(this.form())
    parts.push(...open.map(thread => this.thread(thread)))
    if (orphaned.length) parts.push(h('h3', { class: 'cse-ed__sub' }, t('orphaned')), ...orphaned.map(thread => this.thread(thread)))
    if (!parts.length) parts.push(h('p', { class: 'cse-ui cse-muted' }, t(this.may ? 'no_comments_may' : 'no_comments')))
    if (settled.length) parts.push(this.settled(settled, wasOpen))
    this.list.replaceChildren(...parts)
    if (focus) document.getElementById(focus)?.focus()
    const count = open.length + orphaned.length
    const dock = document.getElementById('cse-dock-comments')
    if (dock) dock.textContent = tn('comments_count', count)
  }

  keepTyped () {
    const field = document.getElementById('cse-new-comment')
    if (field && this.draft) this.draft.typed = field.value
    for (const area of this.list.querySelectorAll('textarea[data-thread-field]')) this.replies.set(area.dataset.threadField, area.value)
  }

  form () {
    const area = h('textarea', { class: 'cse-input', id: 'cse-new-comment', rows: 3, maxlength: 5000 })
    area.value = this.draft.typed || ''
    const cancel = () => {
      this.draft = null
      this.render()
      this.view.focus()
    }
    return h('section', { class: 'cse-thread cse-thread-on', 'aria-label': t('new_comment') },
      h('p', { class: `cse-thread__quote cse-c${colour(this.config.user)}` }, this.draft.quote),
      h('form', { class: 'cse-stack cse-stack-s', onsubmit: event => this.send(event), onkeydown: event => { if (event.key === 'Escape') { event.stopPropagation(); cancel() } } },
        h('label', { for: 'cse-new-comment' }, this.config.user.party ? t('comment_as', { party: this.config.user.party }) : t('your_comment')), area,
        h('p', { class: 'cse-thread__do' }, h('button', { class: 'cse-btn', type: 'submit' }, t('comment_send')),
          h('button', { class: 'cse-btn cse-btn-quiet', type: 'button', onclick: cancel }, t('cancel')))))
  }

  thread (thread) {
    const on = thread.uuid === this.active
    const first = thread.comments[0]
    const pick = () => this.pick(thread.uuid)
    return h('section', { class: `cse-thread${on ? ' cse-thread-on' : ''}`, id: `c-${thread.uuid}`, 'aria-label': t('comment_on', { quote: thread.quote.slice(0, 80) }) },
      this.isMyTurn(thread) ? h('p', { class: 'cse-turn' }, icon('turn'), ' ', t('answer_asked')) : null,
      h('button', { type: 'button', class: `cse-thread__quote cse-thread__pick cse-c${colour(first?.user)}`, 'aria-expanded': String(on), onclick: pick, id: `q-${thread.uuid}` }, thread.quote || t('no_quote')),
      thread.comments.map(comment => this.comment(comment)),
      thread.resolved ? this.resolved(thread) : on && this.may ? this.answerForm(thread) : this.may ? this.closedActions(thread) : null)
  }

  /** The last word is another organisation's, and mine may answer. */
  isMyTurn ({ comments, resolved }) {
    const last = comments[comments.length - 1]
    return this.may && !resolved && Boolean(this.config.user.party) && Boolean(last) && last.user.party !== this.config.user.party
  }

  comment ({ user, body, at }) {
    return h('div', { class: 'cse-comment' }, mark(user, 'cse-mark-s'),
      h('header', {}, user.party ? [h('b', {}, user.party), ' · '] : null, user.name || t('somebody'), h('br'), h('time', { datetime: at }, moment(at))),
      h('div', {}, body.split(/\n+/).map(line => h('p', {}, line))))
  }

  closedActions (thread) {
    return h('p', { class: 'cse-thread__do' },
      h('button', { class: 'cse-btn cse-btn-quiet', type: 'button', id: `a-${thread.uuid}`, onclick: () => { this.active = null; this.pick(thread.uuid); document.getElementById(`f-${thread.uuid}`)?.focus() } }, t('answer')),
      h('button', { class: 'cse-btn cse-btn-quiet', type: 'button', id: `s-${thread.uuid}`, onclick: event => this.settle(event.target.closest('section'), thread, true) }, t('settled')))
  }

  answerForm (thread) {
    const id = `f-${thread.uuid}`
    const area = h('textarea', { class: 'cse-input', id, rows: 2, maxlength: 5000, 'data-thread-field': thread.uuid })
    area.value = this.replies.get(thread.uuid) || ''
    return h('form', { class: 'cse-stack cse-stack-s', onsubmit: event => this.answer(event, thread) },
      h('label', { for: id, class: 'cse-small cse-muted' }, this.config.user.party ? t('answer_as', { party: this.config.user.party }) : t('your_answer')), area,
      h('p', { class: 'cse-thread__do' }, h('button', { class: 'cse-btn', type: 'submit' }, t('answer')),
        h('button', { class: 'cse-btn cse-btn-quiet', type: 'button', onclick: event => this.settle(event.target.closest('form'), thread, true) }, t('settled'))))
  }

  resolved (thread) {
    const who = [thread.resolved.party, thread.resolved.name].filter(Boolean).join(' · ')
    return h('div', {}, h('p', { class: 'cse-muted' }, icon('check'), ' ', t('settled_by', { who, when: moment(thread.resolved.at) })),
      this.may ? h('p', { class: 'cse-thread__do' }, h('button', { class: 'cse-btn cse-btn-quiet', type: 'button', onclick: event => this.settle(event.target.closest('section'), thread, false) }, t('reopen'))) : null)
  }

  settled (threads, open) {
    return h('details', { class: 'cse-settled', open }, h('summary', { class: 'cse-tall cse-link cse-ui' }, tn('settled_count', threads.length)),
      threads.map(thread => this.thread(thread)))
  }
}

