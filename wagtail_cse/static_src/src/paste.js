// Word, LibreOffice and Google Docs put their own markup on the clipboard. What survives is what the schema knows.
// This runs on the text of the markup (attributes, not computed style), so it works under any Content-Security-Policy.
import { safeHref } from './schema.js'

const DROP = 'script,style,meta,link,title,base,iframe,frame,object,embed,applet,template,noscript,form,input,button,select,textarea,svg,math,video,audio,canvas,colgroup,col,xml'
const KEEP = new Set(['P', 'H2', 'H3', 'H4', 'BLOCKQUOTE', 'UL', 'OL', 'LI', 'HR', 'BR', 'TABLE', 'TR', 'TD', 'TH', 'A', 'STRONG', 'EM', 'CODE', 'SUP', 'SUB', 'S', 'FIGURE', 'ASIDE'])
const RENAME = { H1: 'h2', H5: 'h4', H6: 'h4', B: 'strong', I: 'em', DEL: 's', STRIKE: 's', TT: 'code', PRE: 'p', DT: 'p', DD: 'p', ADDRESS: 'p', CENTER: 'p', FIGCAPTION: 'p' }
const BLOCKS = 'p,h1,h2,h3,h4,h5,h6,ul,ol,li,table,blockquote,hr,div,section,article,figure,aside,pre'
const ATTRIBUTES = {
  A: ['href'], TD: ['colspan', 'rowspan'], TH: ['colspan', 'rowspan'], OL: ['start'],
  FIGURE: ['data-image', 'data-alt', 'data-caption', 'data-decorative'], ASIDE: ['data-callout']
}

const TAG = /<[a-z][^<>]*>/gi
const BLOCK = /<(script|style|xml)\b[\s\S]*?<\/\1\s*>/gi

/**
 * Style attributes become data-s: a strict Content-Security-Policy would complain about each while parsing. This is for
 * quiet only; what may stay is decided below, on the parsed tree.
 */
const withoutStyle = (html) => html.replace(BLOCK, '').replace(TAG, tag => tag
  .replace(/\son[a-z]+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, '')
  .replace(/(\s)style(\s*=)/gi, '$1data-s$2'))

/** @returns {{html: string, dropped: number}} clean markup, and how many pictures were left out */
export function cleanPasted (html) {
  const doc = new DOMParser().parseFromString(withoutStyle(html), 'text/html')
  const { body } = doc
  dropComments(body)
  body.querySelectorAll(DROP).forEach(el => el.remove())
  const dropped = dropImages(body)
  wordLists(body, doc)
  styleToTags(body, doc)
  rename(body, doc)
  unwrap(body, doc)
  nestLists(body)
  strip(body)
  dropEmpty(body)
  return { html: body.innerHTML, dropped }
}

const elements = (root, selector = '*') => [...root.querySelectorAll(selector)]

function dropComments (root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_COMMENT | NodeFilter.SHOW_PROCESSING_INSTRUCTION)
  const found = []
  while (walker.nextNode()) found.push(walker.currentNode)
  found.forEach(node => node.remove())
}

/** Pictures of other places are left out: their address would tell that place who reads our text. */
function dropImages (root) {
  let dropped = 0
  for (const img of elements(root, 'img,picture,v\\:imagedata')) {
    if (img.closest('figure[data-image]')) continue
    if (Number(img.getAttribute('width')) !== 1) dropped++
    img.remove()
  }
  return dropped
}

const styleOf = (el) => (el.getAttribute('data-s') || '').toLowerCase()

/** Word writes lists as paragraphs: "mso-list: l0 level2 lfo1", the bullet as text in a span "mso-list: Ignore". */
function wordLists (root, doc) {
  let stack = []
  let previous = null
  for (const p of elements(root, 'p,h1,h2,h3,h4,h5,h6')) {
    const found = /mso-list:\s*l(\d+)\s+level(\d+)/.exec(styleOf(p))
    if (!found) continue
    const level = Math.min(9, Number(found[2]))
    const marker = elements(p, '[data-s]').find(el => /mso-list:\s*ignore/i.test(styleOf(el)))
    const label = (marker?.textContent || '').trim()
    marker?.remove()
    const tag = /^\(?([0-9]+|[a-zçğıöşü]|[ivxlc]+)[.)]/i.test(label) ? 'ol' : 'ul'
    if (!previous || skipBlank(previous.nextSibling) !== p) stack = []
    stack = stack.slice(0, level)
    if (stack[level - 1] && stack[level - 1].tagName.toLowerCase() !== tag) stack = stack.slice(0, level - 1)
    const item = doc.createElement('li')
    const text = doc.createElement('p')
    text.append(...p.childNodes)
    item.append(text)
    for (let i = stack.length; i < level; i++) {
      const list = doc.createElement(i === level - 1 ? tag : 'ul')
      if (i === level - 1 && tag === 'ol' && Number.parseInt(label, 10) > 1) list.setAttribute('start', String(Number.parseInt(label, 10)))
      if (i === 0) p.before(list)
      else (stack[i - 1].lastElementChild || stack[i - 1].appendChild(doc.createElement('li'))).append(list)
      stack.push(list)
    }
    stack[level - 1].append(item)
    previous = stack[0]
    p.remove()
  }
}

function skipBlank (node) {
  while (node && node.nodeType === 3 && !node.data.trim()) node = node.nextSibling
  return node
}

const STYLES = [
  [/(?:^|[;\s])font-weight:\s*(bold|bolder|[6-9]\d\d)/, 'strong'],
  [/(?:^|[;\s])font-style:\s*(italic|oblique)/, 'em'],
  [/(?:^|[;\s])text-decoration[^;]*line-through/, 's'],
  [/(?:^|[;\s])vertical-align:\s*super/, 'sup'],
  [/(?:^|[;\s])vertical-align:\s*sub(?!l)/, 'sub']
]

function styleToTags (root, doc) {
  for (const el of elements(root, 'b,strong,i,em')) {
    // Google Docs wraps the whole text into <b style="font-weight:normal">.
    const style = styleOf(el)
    if (/(^|[;\s])font-weight:\s*(normal|[1-5]00)/.test(style) || /(^|[;\s])font-style:\s*normal/.test(style)) el.replaceWith(...el.childNodes)
  }
  for (const el of elements(root, 'span[data-s],font[data-s],a[data-s]')) {
    const style = styleOf(el)
    for (const [pattern, tag] of STYLES) {
      if (!pattern.test(style) || el.closest(tag)) continue
      const inner = doc.createElement(tag)
      inner.append(...el.childNodes)
      el.append(inner)
    }
  }
  for (const p of elements(root, 'p')) {
    const kind = p.getAttribute('class') || ''
    if (/^MsoTitle/.test(kind)) replaceTag(p, 'h2', doc)
    else if (/^MsoSubtitle/.test(kind)) replaceTag(p, 'h3', doc)
    else if (/^Mso(Intense)?Quote/.test(kind)) {
      const quote = doc.createElement('blockquote')
      p.replaceWith(quote)
      quote.append(p)
    }
  }
}

function replaceTag (el, tag, doc) {
  const fresh = doc.createElement(tag)
  for (const { name, value } of el.attributes) if (!name.startsWith('on')) { try { fresh.setAttribute(name, value) } catch { /* o:gfxdata and its like */ } }
  fresh.append(...el.childNodes)
  el.replaceWith(fresh)
  return fresh
}

function rename (root, doc) {
  for (const [from, to] of Object.entries(RENAME)) for (const el of elements(root, from.toLowerCase())) replaceTag(el, to, doc)
}

/** Everything that is not known gives its place to its children; one that held lines becomes a paragraph. */
function unwrap (root, doc) {
  for (const el of elements(root).reverse()) {
    if (KEEP.has(el.tagName) && (el.tagName !== 'FIGURE' || el.dataset.image) && (el.tagName !== 'ASIDE' || el.dataset.callout)) continue
    const line = ['DIV', 'SECTION', 'ARTICLE', 'FIGURE', 'ASIDE', 'MAIN', 'HEADER', 'FOOTER'].includes(el.tagName)
    if (line && !el.querySelector(BLOCKS) && el.textContent.trim()) replaceTag(el, 'p', doc)
    else el.replaceWith(...el.childNodes)
  }
  for (const el of elements(root, 'table table')) el.replaceWith(doc.createTextNode(el.textContent.trim()))
  for (const a of elements(root, 'a')) if (!safeHref(a.getAttribute('href'))) a.replaceWith(...a.childNodes)
}

/** <ul><li>a</li><ul>…</ul></ul> of Google Docs: the inner list belongs into the item before it. */
function nestLists (root) {
  for (const list of elements(root, 'ul > ul, ul > ol, ol > ul, ol > ol')) {
    const before = list.previousElementSibling
    if (before?.tagName === 'LI') before.append(list)
    else {
      const item = list.ownerDocument.createElement('li')
      list.replaceWith(item)
      item.append(list)
    }
  }
}

function strip (root) {
  const slice = root.querySelector('[data-pm-slice]')
  for (const el of elements(root)) {
    const keep = ATTRIBUTES[el.tagName] || []
    for (const { name } of [...el.attributes]) {
      if (keep.includes(name) || (el === slice && name === 'data-pm-slice')) continue
      el.removeAttribute(name)
    }
  }
}

function dropEmpty (root) {
  for (const el of elements(root, 'p,h2,h3,h4,strong,em,s,sup,sub,a,li').reverse()) {
    if (!el.textContent.replace(/\u00a0/g, ' ').trim() && !el.querySelector('br,figure,hr') && !el.hasAttribute('data-pm-slice')) {
      if (/\s|\u00a0/.test(el.textContent) && !/^(P|H\d|LI)$/.test(el.tagName)) el.replaceWith(' ')
      else if (!el.closest('td,th') || el.tagName !== 'P') el.remove()
    }
  }
}
