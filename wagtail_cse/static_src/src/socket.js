// WebSocket transport: sends at once, waits for the acknowledgement after the commit.
import { updateFrame } from './wire.js'

const REASONS = { 4400: 'refused', 4401: 'signed-out', 4404: 'gone', 4409: 'schema' }
const FIRST_WAIT = 500
const LONGEST_WAIT = 30000
const RETRY_WHILE_POLLING = 120000
const OPENING = 8000
const PATIENCE = 3500
const SILENCE = 25000
/** Milliseconds between two messages with what was written meanwhile: far below what the server takes for a flood. */
const GATHER = 50
const ANSWER = 8000

export class Socket {
  constructor (provider, url) {
    this.provider = provider
    this.url = new URL(url, location.href)
    this.url.protocol = this.url.protocol.replace('http', 'ws')
    this.url.searchParams.set('ack', '1')
    this.url.searchParams.set('schema', '1')
    this.failures = 0
    this.wait = FIRST_WAIT
    this.ready = false
    this.flushedAt = 0
    this.speakers = new Set() // client ids whose presence is news
    setInterval(() => this.check(), 5000)
  }

  connect () {
    clearTimeout(this.timer)
    if (this.ws || this.closed) return
    const ws = this.ws = new WebSocket(this.url)
    ws.binaryType = 'arraybuffer'
    this.sent = 0
    this.upTo = 0 // the journal entry up to which this connection has carried everything
    this.marks = [] // [number of the message on this connection, journal entry it ends with]
    this.openedBy = setTimeout(() => this.drop(), OPENING)
    // A proxy that swallows WebSockets must not keep the text away: meanwhile ask over HTTP.
    if (!this.provider.synced) this.impatient = setTimeout(() => this.provider.polling.start(), PATIENCE)
    ws.onopen = () => ws.send(this.provider.ask())
    ws.onmessage = (event) => { if (ws === this.ws) this.message(new Uint8Array(event.data)) }
    ws.onclose = (event) => { if (ws === this.ws) this.lost(event.code) }
  }

  message (bytes) {
    const { provider } = this
    this.heard = Date.now()
    this.asked = null
    provider.receive(bytes, (n) => this.acknowledged(n))
    if (provider.synced && !this.ready && this.ws?.readyState === 1) this.becomeReady()
  }

  /** The answer to our first question is here: from now on edits go over this connection. */
  becomeReady () {
    clearTimeout(this.openedBy)
    clearTimeout(this.impatient)
    this.ready = true
    this.failures = 0
    this.wait = FIRST_WAIT
    this.provider.polling.stop()
    this.speakers.add(this.provider.doc.clientID)
    this.flush()
    this.provider.changed()
  }

  /** Something is to be sent: at once, or together with what else comes in a moment. */
  soon (clients = []) {
    for (const client of clients) this.speakers.add(client)
    if (this.flushing) return
    const wait = this.flushedAt + GATHER - Date.now()
    if (wait <= 0) this.flush()
    else this.flushing = setTimeout(() => this.flush(), Math.min(wait, GATHER))
  }

  /** Sends what this connection has not carried yet, as few messages as possible. */
  flush () {
    clearTimeout(this.flushing)
    this.flushing = null
    if (!this.ready) return
    this.flushedAt = Date.now()
    if (this.provider.canWrite) for (const [update, last] of this.provider.outstanding(this.upTo)) this.sendUpdate(update, last)
    const speakers = [...this.speakers]
    this.speakers.clear()
    if (speakers.length) this.send(this.provider.presence(speakers))
  }

  send (bytes) {
    if (bytes && this.ws?.readyState === 1) this.ws.send(bytes)
  }

  sendUpdate (update, last) {
    this.upTo = last
    this.marks.push([++this.sent, last])
    this.sentAt ??= Date.now()
    this.send(updateFrame(update))
  }

  acknowledged (n) {
    let last = 0
    while (this.marks.length && this.marks[0][0] <= n) last = this.marks.shift()[1]
    this.sentAt = this.marks.length ? Date.now() : null
    if (last) this.provider.committed(last)
  }

  /** A connection can be dead without saying so (a phone that slept): ask, and give up when no answer comes. */
  check () {
    if (!this.ready) return
    const now = Date.now()
    if (this.asked && now - this.asked > ANSWER) this.drop()
    else if (!this.asked && (now - this.heard > SILENCE || (this.sentAt && now - this.sentAt > ANSWER))) {
      this.asked = now
      this.send(this.provider.ask())
    }
  }

  /** Lets go of the connection without waiting for the other side. */
  drop () {
    const ws = this.ws
    if (!ws) return
    ws.onclose = ws.onmessage = null
    ws.close()
    this.lost(1006)
  }

  close () {
    this.closed = true
    clearTimeout(this.timer)
    clearTimeout(this.impatient)
    const ws = this.ws
    this.ws = null
    this.ready = false
    ws?.close()
  }

  lost (code) {
    const { provider } = this
    clearTimeout(this.openedBy)
    clearTimeout(this.impatient)
    const wasReady = this.ready
    this.ws = null
    this.ready = false
    this.sentAt = this.asked = null
    if (this.closed) return
    if (code === 4403) return provider.lostRight()
    if (REASONS[code]) return provider.stop(REASONS[code])
    if (code >= 4400 && code < 4500) return provider.stop('refused')
    if (!wasReady) this.failures++
    if (this.failures >= 2 || provider.polling.running) provider.polling.start()
    else if (wasReady) provider.forgetOthers()
    const pause = provider.polling.running ? RETRY_WHILE_POLLING : this.wait
    this.wait = Math.min(LONGEST_WAIT, this.wait * 1.7)
    // Not all at the same moment when a server comes back.
    this.timer = setTimeout(() => this.connect(), pause * (0.75 + Math.random() / 2))
    provider.changed()
  }
}
