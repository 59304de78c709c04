// Images live on the server, covered by the rights of the document; the text holds their id, alternative text, caption.
import { insertBlock } from './commands.js'
import { complain, openDialog } from './dialogs.js'
import { h } from './dom.js'
import { t } from './labels.js'
import { schema } from './schema.js'

const PLACEHOLDER = '00000000-0000-0000-0000-000000000000'
const LIMIT = 10 * 1024 * 1024
const TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp']

const isTrue = (value) => value === true || value === 'true'

export class ImageView {
  constructor (node, view, getPos, urls) {
    this.view = view
    this.getPos = getPos
    this.urls = urls
    this.dom = h('figure', { class: 'cse-figure-edit', contenteditable: 'false' })
    this.update(node)
  }

  update (node) {
    if (node.type !== schema.nodes.image) return false
    const { image, alt, caption, decorative, bid } = node.attrs
    if (bid) this.dom.id = `b-${bid}`
    const decor = isTrue(decorative)
    const missing = !decor && !alt
    this.dom.replaceChildren(
      h('img', { src: this.urls.image.replace(PLACEHOLDER, encodeURIComponent(image)), alt: decor ? '' : alt, loading: 'lazy' }),
      ...(caption ? [h('figcaption', {}, caption)] : []),
      ...(this.view.editable
        ? [h('p', { class: 'cse-figure-edit__bar' },
            h('button', { type: 'button', class: 'cse-btn', onclick: () => this.edit() }, t('image_edit')),
            h('span', { class: missing ? 'cse-turn cse-small' : 'cse-muted cse-small' }, decor ? t('image_decorative') : missing ? t('image_alt_missing') : ''))]
        : []))
    return true
  }

  edit () {
    imageDialog(this.view, this.urls, { pos: this.getPos() })
  }

  stopEvent (event) { return event.target.closest?.('button') !== null }
  ignoreMutation () { return true }
  selectNode () { this.dom.classList.add('cse-selected') }
  deselectNode () { this.dom.classList.remove('cse-selected') }
}

/** Adds an image (optionally this file), or changes the words of the one at `pos`. */
export function imageDialog (view, urls, { pos = null, file = null } = {}) {
  const node = pos === null ? null : view.state.doc.nodeAt(pos)
  const bid = node?.attrs.bid
  openDialog('cse-image', {
    fill: form => {
      form.elements.file.closest('.cse-field').hidden = Boolean(node || file)
      form.elements.alt.value = node?.attrs.alt || ''
      form.elements.caption.value = node?.attrs.caption || ''
      form.elements.decorative.checked = isTrue(node?.attrs.decorative)
      form.elements.decorative.onchange = () => { form.elements.alt.disabled = form.elements.decorative.checked }
      form.elements.decorative.onchange()
    },
    submit: async form => {
      const decorative = form.elements.decorative.checked
      const attrs = { alt: decorative ? '' : form.elements.alt.value.trim(), caption: form.elements.caption.value.trim(), decorative }
      if (!decorative && !attrs.alt) complain('image_needs_alt')
      if (node) return change(view, node, bid, pos, attrs)
      const chosen = file || form.elements.file.files[0] || complain('image_needs_file')
      if (!TYPES.includes(chosen.type)) complain('image_type')
      if (chosen.size > LIMIT) complain('image_too_large')
      const { uuid } = await urls.api.upload(urls.images, chosen)
      insertBlock(schema.nodes.image.create({ image: uuid, ...attrs }))(view.state, view.dispatch)
    },
    after: () => view.focus()
  })
}

/** Others may have moved it while the dialog was open. */
function change (view, node, bid, pos, attrs) {
  let at = view.state.doc.nodeAt(pos)?.attrs.image === node.attrs.image ? pos : null
  if (at === null) view.state.doc.forEach((other, place) => { if (other.attrs.bid === bid && other.type === node.type) at = place })
  if (at === null) complain('image_gone')
  const now = view.state.doc.nodeAt(at)
  view.dispatch(view.state.tr.setNodeMarkup(at, null, { ...now.attrs, ...attrs }))
}

export const imageFiles = (data) => [...(data?.files || [])].filter(file => file.type.startsWith('image/'))
