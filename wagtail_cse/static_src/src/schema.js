// The document schema, version 1. Its twin in Python is `wagtail_cse.coedit.schema`; both must allow exactly the same.
import { Schema } from 'prosemirror-model'
import { tableNodes } from 'prosemirror-tables'
import { t } from './labels.js'

export const VERSION = 1
export const CALLOUTS = ['note', 'warning', 'example']
const UUID = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i

/** The address if a link may carry it, else null. Control characters hide schemes, so they are refused. */
export function safeHref (value) {
  const href = String(value || '').trim()
  if (/[\u0000-\u0020\u007f]/.test(href) || href.length > 2000) return null
  return /^(https?:\/\/|mailto:|tel:|\/(?![/\\])|#)/i.test(href) ? href : null
}

const bid = { default: null }
const block = (spec) => ({ group: 'block', ...spec, attrs: { bid, ...spec.attrs } })
// The same anchors as in the text that the server renders.
export const anchor = (bid) => `b-${bid}`
const withBid = (node, attrs = {}) => node.attrs.bid ? { id: anchor(node.attrs.bid), ...attrs } : attrs

const tables = tableNodes({ tableGroup: 'block', cellContent: 'block+', cellAttributes: {} })
const cell = (tag) => ({
  ...tables[tag === 'th' ? 'table_header' : 'table_cell'],
  attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
  parseDOM: [{ tag, getAttrs: dom => ({ colspan: span(dom, 'colspan'), rowspan: span(dom, 'rowspan') }) }],
  toDOM: node => {
    const attrs = {}
    if (node.attrs.colspan > 1) attrs.colspan = String(node.attrs.colspan)
    if (node.attrs.rowspan > 1) attrs.rowspan = String(node.attrs.rowspan)
    return [tag, attrs, 0]
  }
})
const span = (dom, name) => Math.min(20, Math.max(1, parseInt(dom.getAttribute(name), 10) || 1))

// Content expressions are as wide as the document can become by merging what several people did at once: the binding
// deletes a node that does not fit its parent. What may stand where is narrowed by the commands, never by the schema.
export const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: block({ content: 'inline*', parseDOM: [{ tag: 'p' }], toDOM: n => ['p', withBid(n), 0] }),
    heading: block({
      attrs: { level: { default: 2 }, section: { default: null } },
      content: 'inline*',
      defining: true,
      parseDOM: [2, 3, 4].map(level => ({ tag: 'h' + level, attrs: { level } })),
      toDOM: n => ['h' + n.attrs.level, withBid(n, n.attrs.section ? { 'data-section': n.attrs.section } : {}), 0]
    }),
    blockquote: block({ content: 'block+', defining: true, parseDOM: [{ tag: 'blockquote' }], toDOM: n => ['blockquote', withBid(n), 0] }),
    callout: block({
      attrs: { kind: { default: 'note' } },
      content: 'block+',
      defining: true,
      parseDOM: [{ tag: 'aside[data-callout]', getAttrs: dom => ({ kind: CALLOUTS.includes(dom.dataset.callout) ? dom.dataset.callout : 'note' }) }],
      toDOM: n => ['aside', withBid(n, { class: `cse-callout cse-callout-${n.attrs.kind}`, 'data-callout': n.attrs.kind, 'data-label': t(`callout_${n.attrs.kind}`) }), 0]
    }),
    bullet_list: block({ content: 'list_item+', parseDOM: [{ tag: 'ul' }], toDOM: n => ['ul', withBid(n), 0] }),
    ordered_list: block({
      attrs: { order: { default: 1 } },
      content: 'list_item+',
      parseDOM: [{ tag: 'ol', getAttrs: dom => ({ order: Math.min(100000, Math.max(0, parseInt(dom.getAttribute('start') ?? 1, 10) || 1)) }) }],
      toDOM: n => ['ol', withBid(n, n.attrs.order === 1 ? {} : { start: String(n.attrs.order) }), 0]
    }),
    list_item: { content: 'block+', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
    horizontal_rule: block({ parseDOM: [{ tag: 'hr' }], toDOM: n => ['hr', withBid(n)] }),
    image: block({
      attrs: { image: { default: '' }, alt: { default: '' }, caption: { default: '' }, decorative: { default: false } },
      atom: true,
      draggable: true,
      // Only our own figures come back from the clipboard; a foreign <img> never becomes one of our images.
      parseDOM: [{
        tag: 'figure[data-image]',
        getAttrs: dom => UUID.test(dom.dataset.image) && {
          image: dom.dataset.image, alt: dom.dataset.alt || '', caption: dom.dataset.caption || '', decorative: dom.dataset.decorative === 'true'
        }
      }],
      toDOM: n => ['figure', withBid(n, { 'data-image': n.attrs.image, 'data-alt': n.attrs.alt, 'data-caption': n.attrs.caption, 'data-decorative': String(n.attrs.decorative) })]
    }),
    table: { ...tables.table, attrs: { bid }, toDOM: n => ['table', withBid(n, { class: 'cse-table' }), ['tbody', 0]], parseDOM: [{ tag: 'table' }] },
    table_row: tables.table_row,
    table_cell: cell('td'),
    table_header: cell('th'),
    text: { group: 'inline' },
    hard_break: { group: 'inline', inline: true, selectable: false, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'] }
  },
  marks: {
    link: {
      attrs: { href: {} },
      inclusive: false,
      parseDOM: [{ tag: 'a[href]', getAttrs: dom => { const href = safeHref(dom.getAttribute('href')); return href ? { href } : false } }],
      toDOM: m => ['a', { href: safeHref(m.attrs.href) || '#', rel: 'noopener noreferrer' }, 0]
    },
    em: { parseDOM: [{ tag: 'em' }, { tag: 'i', getAttrs: n => n.style.fontStyle !== 'normal' && null }, { style: 'font-style=italic' }], toDOM: () => ['em', 0] },
    strong: {
      parseDOM: [
        { tag: 'strong' },
        // Google Docs wraps everything in <b style="font-weight:normal">.
        { tag: 'b', getAttrs: n => n.style.fontWeight !== 'normal' && null },
        { style: 'font-weight', getAttrs: v => /^(bold(er)?|[6-9]\d{2})$/.test(v) && null }
      ],
      toDOM: () => ['strong', 0]
    },
    code: { parseDOM: [{ tag: 'code' }, { tag: 'tt' }], toDOM: () => ['code', 0] },
    superscript: { excludes: 'superscript subscript', parseDOM: [{ tag: 'sup' }, { style: 'vertical-align=super' }], toDOM: () => ['sup', 0] },
    subscript: { excludes: 'superscript subscript', parseDOM: [{ tag: 'sub' }, { style: 'vertical-align=sub' }], toDOM: () => ['sub', 0] },
    strikethrough: { parseDOM: [{ tag: 's' }, { tag: 'del' }, { tag: 'strike' }, { style: 'text-decoration=line-through' }], toDOM: () => ['s', 0] }
  }
})
