// The saved state, in words next to the text. Announced politely, and not at every key.
import { h, icon } from './dom.js'
import { clock, t, tn } from './labels.js'

const PATIENCE = 700

export class Status {
  constructor (el, config) {
    this.el = el
    this.config = config
    this.shown = ''
  }

  update (provider) {
    this.provider = provider
    const fresh = this.describe(provider)
    clearTimeout(this.timer)
    // A short wait for the server is nobody's business; everything else is said at once.
    if (fresh.state === 'saving' && this.state !== 'saving') {
      this.timer = setTimeout(() => this.show(this.describe(provider)), PATIENCE)
    } else this.show(fresh)
  }

  describe (provider) {
    const { stopped, transport, saved } = provider
    if (stopped) return { state: stopped, icon: 'alert', look: 'bad', text: t(`status_${stopped}`) }
    if (!transport) return this.apart(provider)
    if (!provider.canWrite) return { state: 'reading', icon: 'eye', text: t(provider.mayComment ? 'status_may_comment' : 'status_reading') }
    if (!saved) return { state: 'saving', icon: 'sync', text: t('status_saving') }
    return { state: 'saved', icon: 'check', text: t('status_saved'), time: provider.savedAt && clock(provider.savedAt) }
  }

  apart (provider) {
    const kept = provider.unsent?.available && !provider.saved
    if (!navigator.onLine || provider.polling.failures > 1) {
      if (provider.saved) return { state: 'offline', icon: 'offline', look: 'off', text: t('status_offline') }
      const n = provider.journal.length
      return { state: 'offline-kept', icon: 'offline', look: 'off', text: kept ? tn('status_offline_kept', n) : t('status_offline_not_kept') }
    }
    if (!provider.synced) return { state: 'connecting', icon: 'sync', text: t('status_connecting') }
    return { state: 'reconnecting', icon: 'sync', text: t(kept ? 'status_reconnecting_kept' : 'status_reconnecting') }
  }

  show ({ state, icon: name, look, text, time }) {
    this.state = state
    const shown = [state, text, time].join('|')
    if (shown === this.shown) return
    this.shown = shown
    this.el.className = `cse-saved${look ? ` cse-saved-${look}` : ''}`
    this.el.dataset.state = state
    // The time changes every minute: seen, but not read out each time.
    this.el.replaceChildren(icon(name), ' ', h('span', {}, text, time ? h('span', { 'aria-hidden': 'true' }, t('status_time', { time })) : null))
  }
}
