// The same frames over ordinary requests, where WebSockets do not get through or the site runs under WSGI.
import { join, updateFrame } from './wire.js'
import { REQUEST } from './pieces.js'

const COMPANY = 1000
const ALONE = 5000
const HIDDEN = 15000
const DEBOUNCE = 150
const PRESENCE = 12000
const KEEPALIVE_LIMIT = 60000
/** Seconds to wait when a server says "too many requests" and not for how long, and at most. */
const HOLD = 3
const LONGEST_HOLD = 60

export class Polling {
  constructor (provider, url, csrf) {
    Object.assign(this, { provider, url, csrf })
    this.since = -1
    this.running = false
    this.ready = false
    this.failures = 0
    this.presenceChanged = true
    this.toldAt = 0
    this.most = REQUEST
    this.heldUntil = 0
  }

  start () {
    if (this.running) return
    this.running = true
    this.since = -1 // ask for everything that is missing here
    this.now()
  }

  stop () {
    this.running = this.ready = false
    clearTimeout(this.timer)
  }

  soon () {
    if (this.running) this.schedule(DEBOUNCE)
  }

  now () {
    this.schedule(0)
  }

  schedule (wait) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.exchange(), Math.max(wait, this.heldUntil - Date.now()))
  }

  pause () {
    if (this.failures) return Math.min(30000, 1000 * 2 ** Math.min(5, this.failures))
    if (document.hidden) return HIDDEN
    return this.provider.hasCompany ? COMPANY : ALONE
  }

  post (body, options = {}) {
    const url = new URL(this.url, location.href)
    url.searchParams.set('since', String(options.since ?? this.since))
    url.searchParams.set('schema', '1')
    return fetch(url, {
      method: 'POST',
      body,
      credentials: 'same-origin',
      keepalive: Boolean(options.keepalive),
      redirect: 'manual',
      headers: { 'Content-Type': 'application/octet-stream', 'X-CSRFToken': this.csrf }
    })
  }

  async exchange () {
    clearTimeout(this.timer)
    if (!this.running || this.busy) return
    this.busy = true
    const { provider } = this
    const outstanding = provider.canWrite ? provider.outstanding(0, this.most) : []
    try {
      const response = await this.post(join(this.frames(outstanding)))
      await this.answered(response, outstanding)
    } catch {
      this.failed()
    }
    this.busy = false
    if (!this.running) return
    provider.changed()
    // What was typed meanwhile, or did not fit into this request, does not wait for the next turn.
    const fresh = provider.journal.length && provider.journal[provider.journal.length - 1].n > (outstanding.at(-1)?.[1] ?? 0)
    this.schedule(!this.failures && provider.canWrite && fresh ? DEBOUNCE : this.pause())
  }

  frames (outstanding) {
    const parts = []
    if (this.since < 0) parts.push(this.provider.ask())
    for (const [update] of outstanding) parts.push(updateFrame(update))
    if (this.presenceChanged || Date.now() - this.toldAt > PRESENCE) {
      const presence = this.provider.presence()
      if (presence) parts.push(presence)
      this.presenceChanged = false
      this.toldAt = Date.now()
    }
    return parts
  }

  async answered (response, outstanding) {
    const { provider } = this
    if (response.ok) {
      const bytes = new Uint8Array(await response.arrayBuffer())
      const seq = response.headers.get('X-Seq')
      if (seq === null) throw new Error('not our server')
      if (!this.running) return this.acknowledge(outstanding)
      this.failures = 0
      this.since = Number(seq)
      provider.receive(bytes)
      this.ready = provider.synced
      return this.acknowledge(outstanding)
    }
    const { status } = response
    if (status === 401 || response.type === 'opaqueredirect') provider.stop('signed-out')
    else if (status === 403) await provider.lostRight()
    else if (status === 404) provider.stop('gone')
    else if (status === 409) provider.stop('schema')
    else if (status === 429) this.hold(response)
    else if (status === 413 && outstanding.length > 1) this.most = 0 // a proxy takes less: one update in a request
    else if (status === 400 || status === 413) provider.stop('refused')
    else this.failed()
  }

  /** Too many requests: nothing is lost, it goes later. */
  hold (response) {
    const seconds = Number(response.headers.get('Retry-After')) || HOLD
    this.heldUntil = Date.now() + 1000 * Math.min(LONGEST_HOLD, seconds)
    this.presenceChanged = true
  }

  acknowledge (outstanding) {
    if (outstanding.length) this.provider.committed(outstanding[outstanding.length - 1][1])
  }

  failed () {
    this.failures++
    if (this.failures > 1 || !navigator.onLine) {
      this.ready = false
      this.provider.forgetOthers()
    }
  }

  async mayRead () {
    try {
      const response = await this.post(this.provider.ask(), { since: -1 })
      return response.ok || response.status === 429
    } catch {
      return true // the network is gone, not the right
    }
  }

  /** Last words of a page that closes; the device keeps its copy until an acknowledgement was seen. */
  farewell () {
    const { provider } = this
    if (!provider.canWrite || !provider.journal.length) return
    const body = join(provider.updateFrames())
    if (body.length < KEEPALIVE_LIMIT) this.post(body, { keepalive: true }).catch(() => {})
  }
}
