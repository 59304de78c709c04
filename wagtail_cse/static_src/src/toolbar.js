// The toolbar: one tab stop, arrow keys inside, Escape back to the text.
import { blockKind, COMMANDS, context, PRESSED } from './commands.js'

export class Toolbar {
  /** `extra`: name -> function, for what opens a dialog. */
  constructor (view, extra) {
    this.view = view
    this.extra = extra
    this.bars = [...document.querySelectorAll('[data-cse-toolbar]')]
    for (const bar of this.bars) this.wire(bar)
    document.addEventListener('click', event => this.closeMenus(event.target.closest('details')))
  }

  wire (bar) {
    bar.addEventListener('click', event => this.click(event))
    // Keeps the selection in the text while a button is pressed.
    bar.addEventListener('mousedown', event => { if (event.target.closest('button, summary')) event.preventDefault() })
    bar.addEventListener('keydown', event => this.key(event, bar))
    bar.addEventListener('focusin', event => this.rove(bar, event.target))
    this.rove(bar, this.stops(bar)[0])
  }

  /** Buttons and menu heads that can be seen; what is inside an open menu is reached with the arrow down. */
  stops (bar) {
    return [...bar.querySelectorAll('button, summary')].filter(el => !el.closest('details > div') && el.offsetParent !== null)
  }

  rove (bar, current) {
    if (!current || current.closest('details > div')) return
    for (const el of bar.querySelectorAll('button, summary')) if (!el.closest('details > div')) el.tabIndex = el === current ? 0 : -1
  }

  focus () {
    const bar = this.bars[0]
    const stops = this.stops(bar)
    ;(stops.find(el => el.tabIndex === 0) || stops[0])?.focus()
  }

  click (event) {
    const button = event.target.closest('[data-command]')
    if (!button || button.getAttribute('aria-disabled') === 'true') return
    this.closeMenus(null)
    this.run(button.dataset.command)
  }

  run (name) {
    if (this.extra[name]) return this.extra[name]()
    COMMANDS[name]?.(this.view.state, this.view.dispatch, this.view)
    this.view.focus()
  }

  key (event, bar) {
    const menu = event.target.closest('details')
    if (event.key === 'Escape') {
      event.preventDefault()
      if (menu?.open) {
        menu.open = false
        menu.querySelector('summary').focus()
      } else this.view.focus()
      return
    }
    if (menu?.open && this.keyInMenu(event, menu)) return
    if (event.key === 'ArrowDown' && event.target.tagName === 'SUMMARY') {
      event.preventDefault()
      menu.open = true
      menu.querySelector('div button')?.focus()
      return
    }
    const stops = this.stops(bar)
    const at = stops.indexOf(event.target.closest('details > div') ? menu.querySelector('summary') : event.target)
    const rtl = getComputedStyle(bar).direction === 'rtl'
    const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key]
    let next = step ? stops[(at + step + stops.length) % stops.length] : null
    if (event.key === 'Home') next = stops[0]
    if (event.key === 'End') next = stops[stops.length - 1]
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  keyInMenu (event, menu) {
    const items = [...menu.querySelectorAll(':scope > div button')]
    const at = items.indexOf(event.target)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + (at < 0 ? items.length + 1 : 0) }[event.key]
    if (to === undefined) return false
    event.preventDefault()
    items[(to + items.length) % items.length].focus()
    return true
  }

  closeMenus (except) {
    for (const bar of this.bars) for (const menu of bar.querySelectorAll('details[open]')) if (menu !== except) menu.open = false
  }

  update () {
    const { state } = this.view
    const kind = blockKind(state)
    const now = context(state)
    for (const bar of this.bars) {
      if (bar.dataset.cseContext) bar.hidden = bar.dataset.cseContext !== now
      if (bar.hidden) continue
      for (const el of bar.querySelectorAll('[data-command]')) this.refresh(el, state, kind)
    }
    const label = document.querySelector(`[data-cse-blocks] [data-command="${kind}"]`)
    const head = document.getElementById('cse-block-label')
    if (label && head && head.textContent !== label.textContent) head.textContent = label.textContent
  }

  refresh (el, state, kind) {
    const name = el.dataset.command
    if (el.hasAttribute('aria-pressed')) el.setAttribute('aria-pressed', String(Boolean(PRESSED[name]?.(state))))
    if (el.closest('[data-cse-blocks]')) {
      if (name === kind) el.setAttribute('aria-current', 'true')
      else el.removeAttribute('aria-current')
    }
    const command = COMMANDS[name]
    if (!command || name in PRESSED) return
    if (command(state)) el.removeAttribute('aria-disabled')
    else if (name !== kind) el.setAttribute('aria-disabled', 'true')
  }
}
