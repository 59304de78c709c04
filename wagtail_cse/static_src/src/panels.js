// Outline, comments and people: columns on a wide window, sheets from below on a phone (opened by plain links).
const WIDE = matchMedia('(min-width: 64rem)')
const SHEETS = ['outline', 'comments', 'people', 'ready']
const FOCUSABLE = 'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), select, summary, [tabindex="0"]'

export class Panels {
  constructor (view) {
    this.view = view
    addEventListener('hashchange', () => this.changed())
    document.addEventListener('keydown', event => this.key(event))
    document.addEventListener('pointerdown', event => {
      if (this.current && !this.current.contains(event.target) && !event.target.closest('dialog, [data-cse-toasts]')) this.close()
    })
    for (const link of document.querySelectorAll('.cse-ed__close')) {
      link.addEventListener('click', event => {
        event.preventDefault()
        this.close()
      })
    }
    WIDE.addEventListener('change', () => this.changed())
    this.changed()
  }

  open (name) {
    if (WIDE.matches) return
    const opener = document.activeElement
    location.hash = name
    this.changed()
    this.opener = opener
  }

  sheet () {
    const id = location.hash.slice(1)
    if (WIDE.matches || !SHEETS.includes(id)) return null
    return document.getElementById(id)?.closest('.cse-ed__side') || null
  }

  changed () {
    const sheet = this.sheet()
    if (sheet === this.current) return
    if (this.current) {
      this.current.removeAttribute('role')
      this.current.removeAttribute('aria-modal')
    }
    this.current = sheet
    if (!sheet) return
    this.opener = document.querySelector(`.cse-ed__dock a[href="${location.hash}"]`)
    sheet.setAttribute('role', 'dialog')
    sheet.setAttribute('aria-modal', 'true')
    sheet.querySelector(FOCUSABLE)?.focus()
  }

  /** Back to the text without a jump: the address forgets the sheet. */
  close () {
    if (!this.current) return
    const { opener } = this
    const top = scrollY
    location.hash = 'text'
    scrollTo(0, top)
    this.changed()
    if (opener?.isConnected) opener.focus({ preventScroll: true })
    else this.view.focus()
  }

  key (event) {
    const sheet = this.current
    if (!sheet || document.querySelector('dialog[open]')) return
    if (event.key === 'Escape') {
      event.preventDefault()
      return this.close()
    }
    if (event.key !== 'Tab') return
    const stops = [...sheet.querySelectorAll(FOCUSABLE)].filter(el => el.offsetParent !== null)
    const first = stops[0]
    const last = stops[stops.length - 1]
    const outside = !sheet.contains(document.activeElement)
    if (event.shiftKey ? document.activeElement === first || outside : document.activeElement === last || outside) {
      event.preventDefault()
      ;(event.shiftKey ? last : first)?.focus()
    }
  }
}
