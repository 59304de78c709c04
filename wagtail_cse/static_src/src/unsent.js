// What the server has not acknowledged stays on this device: one row per update, of one person, document and party.
// Another person who uses the browser later never sends it, and signing out deletes it (signout.js).
export const DATABASE = 'wagtail-cse-unsent'
const STORE = 'updates'

function open () {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE, { keyPath: ['scope', 'client', 'n'] }).createIndex('scope', 'scope')
    }
    request.onsuccess = () => {
      // Lets signout.js delete the database while this tab is open.
      request.result.onversionchange = () => request.result.close()
      resolve(request.result)
    }
    request.onerror = () => reject(request.error)
  })
}

const done = (tx) => new Promise((resolve, reject) => {
  tx.oncomplete = resolve
  tx.onerror = tx.onabort = () => reject(tx.error)
})

export class Unsent {
  /** `scope` names person, document and party; `client` is the Yjs client id of this tab. */
  constructor (scope, client) {
    this.scope = scope
    this.client = client
    this.puts = new Map()
    this.drops = []
    this.available = false
  }

  async start () {
    try {
      this.db = await open()
      this.available = true
      this.hold()
      this.run()
    } catch {
      this.available = false // private mode of some browsers: then the warning on leaving is all there is
    }
  }

  /** A lock as long as this tab lives: other tabs must not send our updates under our client id. */
  hold () {
    navigator.locks?.request(this.lockName(this.client), () => new Promise(() => {})).catch(() => {})
  }

  lockName (client) {
    return `cse-coedit:${this.scope}:${client}`
  }

  add (n, update) {
    this.puts.set(n, update)
    this.run()
  }

  /** Everything up to number n is on the server. */
  dropUpTo (n) {
    for (const key of this.puts.keys()) if (key <= n) this.puts.delete(key)
    this.drops.push(n)
    this.run()
  }

  /** While one transaction runs the next batch gathers. */
  async run () {
    if (!this.db || this.running) return
    this.running = true
    try {
      while (this.puts.size || this.drops.length) {
        const tx = this.db.transaction(STORE, 'readwrite')
        const store = tx.objectStore(STORE)
        const drops = this.drops.splice(0)
        if (drops.length) store.delete(IDBKeyRange.bound([this.scope, this.client, 0], [this.scope, this.client, Math.max(...drops)]))
        for (const [n, update] of this.puts) store.put({ scope: this.scope, client: this.client, n, update, at: Date.now() })
        this.puts.clear()
        await done(tx)
      }
    } catch {
      this.available = false
    }
    this.running = false
  }

  /** Resolves when everything handed over so far is on the disk. */
  async flush () {
    await this.run()
    while (this.running) await new Promise(resolve => setTimeout(resolve, 10))
  }

  /** What earlier tabs of the same person left behind: [{client, updates, at}]; tabs that still live are skipped. */
  async leftBehind () {
    if (!this.db) return []
    const rows = await new Promise((resolve, reject) => {
      const request = this.db.transaction(STORE).objectStore(STORE).index('scope').getAll(this.scope)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    }).catch(() => [])
    const sets = new Map()
    for (const row of rows) {
      if (row.client === this.client) continue
      if (!sets.has(row.client)) sets.set(row.client, { client: row.client, updates: [], at: row.at, refused: false })
      const set = sets.get(row.client)
      set.updates.push(row.update)
      set.at = Math.max(set.at, row.at)
      set.refused ||= Boolean(row.refused)
    }
    const free = []
    for (const set of sets.values()) if (await this.isFree(set.client)) free.push(set)
    return free
  }

  async isFree (client) {
    if (!navigator.locks) return true
    const state = await navigator.locks.query()
    return !state.held.some(lock => lock.name === this.lockName(client))
  }

  /** Deletes what a former tab left, once it is on the server, taken over by this tab, or thrown away by its author. */
  async forget (client) {
    if (!this.db) return
    const tx = this.db.transaction(STORE, 'readwrite')
    tx.objectStore(STORE).delete(IDBKeyRange.bound([this.scope, client, 0], [this.scope, client, Infinity]))
    await done(tx).catch(() => {})
  }

  /** Marks this tab's rows as refused by the server: they are shown to their author, never sent again. */
  async refuse () {
    if (!this.db) return
    const tx = this.db.transaction(STORE, 'readwrite')
    const range = IDBKeyRange.bound([this.scope, this.client, 0], [this.scope, this.client, Infinity])
    tx.objectStore(STORE).openCursor(range).onsuccess = (event) => {
      const cursor = event.target.result
      if (!cursor) return
      cursor.update({ ...cursor.value, refused: true })
      cursor.continue()
    }
    await done(tx).catch(() => {})
  }
}
