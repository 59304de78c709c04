// One document, two transports, one rule: "saved" means that the server has committed it.
// Own updates stand in a journal until they are acknowledged; whatever carries them next sends what is left of it.
import * as Y from 'yjs'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness'
import { askFrame, awarenessFrame, readFrames, updateFrame } from './wire.js'
import { inPieces, LIMIT, PIECE } from './pieces.js'
import { Polling } from './polling.js'
import { Socket } from './socket.js'

export const LEFT_BEHIND = { name: 'left behind' }

export class Provider {
  /**
   * @param {Y.Doc} doc
   * @param {{socketUrl: string|null, syncUrl: string, csrf: string, canWrite: boolean, unsent: object, onchange: function}} options
   */
  constructor (doc, { socketUrl, syncUrl, csrf, canWrite, unsent, onchange }) {
    Object.assign(this, { doc, canWrite, unsent, onchange })
    this.awareness = new Awareness(doc)
    this.journal = []
    this.count = 0
    this.synced = false
    this.stopped = null // why nothing goes on: 'signed-out' | 'no-right' | 'gone' | 'schema' | 'refused'
    this.savedAt = null
    this.polling = new Polling(this, syncUrl, csrf)
    this.socket = socketUrl ? new Socket(this, socketUrl) : null
    doc.on('update', (update, origin) => {
      if (origin === this) this.othersWroteAt = Date.now()
      else this.record(update)
    })
    this.awareness.on('update', ({ added, updated, removed }, origin) => {
      if (origin === this) return
      const clients = added.concat(updated, removed).filter(id => id === doc.clientID)
      if (clients.length) this.tellPresence(clients)
    })
    addEventListener('online', () => this.resume())
    addEventListener('offline', () => this.socket?.drop())
    addEventListener('pagehide', () => this.leave())
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.resume() })
  }

  start () {
    if (this.socket) this.socket.connect()
    else this.polling.start()
  }

  get saved () { return this.journal.length === 0 }

  get transport () {
    if (this.socket?.ready) return 'websocket'
    return this.polling.ready ? 'http' : null
  }

  get hasCompany () { return this.awareness.getStates().size > 1 || Date.now() - (this.othersWroteAt || 0) < 60000 }

  changed () { this.onchange?.(this) }

  // -- out ---------------------------------------------------------------------------------------------------------

  record (update) {
    if (!this.canWrite) return
    const pieces = inPieces(update)
    for (const piece of pieces) {
      this.journal.push({ n: ++this.count, update: piece })
      this.unsent?.add(this.count, piece)
    }
    // Nobody takes it: say so now, while its author can copy the words, instead of after the server has refused.
    if (pieces.some(piece => piece.length > LIMIT)) return this.stop('refused')
    if (this.socket?.ready) this.socket.soon()
    else this.polling.soon()
    this.changed()
  }

  /**
   * The journal after entry `after` as few updates as possible: [[update, number of its last entry]]; at most `most`
   * bytes, but at least one update.
   */
  outstanding (after = 0, most = Infinity) {
    const parts = []
    let batch = []
    let size = 0
    let whole = 0
    const close = () => {
      if (batch.length) parts.push([batch.length > 1 ? Y.mergeUpdates(batch.map(e => e.update)) : batch[0].update, batch[batch.length - 1].n])
      batch = []
      size = 0
    }
    for (const entry of this.journal) {
      if (entry.n <= after) continue
      if (size + entry.update.length > PIECE) close()
      whole += entry.update.length
      if (whole > most && parts.length + batch.length) break
      batch.push(entry)
      size += entry.update.length
    }
    close()
    return parts
  }

  /** The server has committed the journal up to entry n. */
  committed (n) {
    const before = this.journal.length
    this.journal = this.journal.filter(entry => entry.n > n)
    if (before !== this.journal.length) {
      this.savedAt = new Date()
      this.unsent?.dropUpTo(n)
    }
    this.changed()
  }

  presence (clients = [this.doc.clientID]) {
    const known = clients.filter(id => this.awareness.meta.has(id))
    return known.length ? awarenessFrame(encodeAwarenessUpdate(this.awareness, known)) : null
  }

  tellPresence (clients) {
    if (this.socket?.ready) this.socket.soon(clients)
    else this.polling.presenceChanged = true
  }

  ask () { return askFrame(Y.encodeStateVector(this.doc)) }

  // -- in ----------------------------------------------------------------------------------------------------------

  /** Reads frames of either transport. `ack` is called with the number of committed messages. */
  receive (bytes, ack) {
    readFrames(bytes, {
      state: update => {
        Y.applyUpdate(this.doc, update, this)
        this.synced = true
      },
      update: update => Y.applyUpdate(this.doc, update, this),
      awareness: data => applyAwarenessUpdate(this.awareness, data, this),
      ack
    })
    this.changed()
  }

  /** Nobody but me, as far as we know. */
  forgetOthers () {
    const others = [...this.awareness.getStates().keys()].filter(id => id !== this.doc.clientID)
    removeAwarenessStates(this.awareness, others, this)
  }

  // -- life --------------------------------------------------------------------------------------------------------

  resume () {
    if (this.stopped) return
    if (this.socket && !this.socket.ready) this.socket.connect()
    else this.socket?.check()
    if (this.polling.running) this.polling.now()
  }

  /** Ends both transports for a reason that trying again does not cure. */
  stop (reason) {
    if (this.stopped) return
    this.stopped = reason
    this.socket?.close()
    this.polling.stop()
    this.forgetOthers()
    if (reason === 'refused') this.unsent?.refuse()
    this.changed()
  }

  /** The server said 403 or closed with 4403: find out whether the text may still be read. */
  async lostRight () {
    const wrote = this.canWrite
    this.canWrite = false
    if (wrote) {
      this.socket?.close()
      if (await this.polling.mayRead()) {
        this.polling.start()
        this.changed()
        return
      }
    }
    this.stop('no-right')
  }

  leave () {
    if (this.socket?.ready) this.socket.flush()
    if (!this.stopped) this.polling.farewell()
    removeAwarenessStates(this.awareness, [this.doc.clientID], 'leave')
    if (this.socket?.ready) this.socket.flush()
  }

  updateFrames () { return this.outstanding().map(([update]) => updateFrame(update)) }
}
