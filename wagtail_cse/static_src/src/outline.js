// Contents at the left: sections, which are still empty, who writes where.
import { anchor } from './schema.js'
import { h, replaceIfChanged } from './dom.js'
import { t } from './labels.js'

/** [{bid, level, text, pos, empty}] of the headings at the top level. */
export function headings (doc) {
  const found = []
  doc.forEach((node, pos) => {
    if (node.type.name === 'heading') found.push({ bid: node.attrs.bid, level: Number(node.attrs.level), text: node.textContent, pos, empty: true })
    else if (found.length && (node.textContent.trim() || ['image', 'table'].includes(node.type.name))) {
      const level = found[found.length - 1].level
      for (let i = found.length - 1, min = level + 1; i >= 0 && min > 2; i--) {
        if (found[i].level >= min) continue
        found[i].empty = false
        min = found[i].level
      }
    }
  })
  return found
}

export class Outline {
  constructor ({ view, presence }) {
    Object.assign(this, { view, presence })
    this.list = document.getElementById('cse-outline-list')
    this.people = []
    this.list.addEventListener('click', event => this.go(event))
    presence.sectionName = (bid) => this.items?.find(item => item.bid === bid)?.text
    presence.onpeople = (people) => { this.people = people; this.render() }
  }

  update () {
    this.items = headings(this.view.state.doc)
    const at = this.view.state.selection.from
    this.current = this.items.filter(item => item.pos <= at).pop()
    this.presence.setSection(this.current?.bid || null)
    this.render()
  }

  /** The items shown: the upper level of the document's headings. */
  shown () {
    const top = Math.min(...this.items.map(item => item.level))
    return this.items.filter(item => item.level === top)
  }

  render () {
    if (!this.items) return
    const shown = this.items.length ? this.shown() : []
    const parent = (bid) => {
      const index = this.items.findIndex(item => item.bid === bid)
      return this.items.slice(0, index + 1).filter(item => shown.includes(item)).pop()
    }
    const here = new Map()
    for (const person of this.people) {
      if (person.me || !person.section) continue
      const item = parent(person.section)
      if (item) here.set(item, [...(here.get(item) || []), person.user.name])
    }
    const current = this.current && parent(this.current.bid)
    const entries = shown.map(item => {
      const names = here.get(item) || []
      const said = names.length > 1 ? t('are_here', { names: names.join(', ') }) : names.length ? t('is_here', { name: names[0] }) : item.empty ? t('still_empty') : null
      return h('li', {}, h('a', { href: `#${anchor(item.bid)}`, 'aria-current': item === current ? 'true' : null },
        item.text || t('heading_without_text'), said ? [' ', h('span', { class: 'cse-muted' }, said)] : null))
    })
    replaceIfChanged(this.list, entries.length ? entries : [h('li', { class: 'cse-ui cse-muted' }, t('no_headings'))])
  }

  go (event) {
    const link = event.target.closest('a')
    if (!link) return
    event.preventDefault()
    const item = this.items.find(other => `#${anchor(other.bid)}` === link.getAttribute('href'))
    if (item) this.onpick(item)
  }
}
