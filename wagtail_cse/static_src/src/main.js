// The co-editing editor: takes over the text that the server rendered once it has the live document.
import * as Y from 'yjs'
import { baseKeymap } from 'prosemirror-commands'
import { gapCursor } from 'prosemirror-gapcursor'
import { inputRules, textblockTypeInputRule, undoInputRule, wrappingInputRule } from 'prosemirror-inputrules'
import { keymap } from 'prosemirror-keymap'
import { EditorState, Plugin, Selection } from 'prosemirror-state'
import { tableEditing } from 'prosemirror-tables'
import { EditorView } from 'prosemirror-view'
import { ySyncPlugin, yUndoPlugin } from 'y-prosemirror'
import { anchors } from './anchors.js'
import { Api } from './api.js'
import { blockIds } from './blockids.js'
import { KEYS } from './commands.js'
import { Comments } from './comments.js'
import { imageDialog, imageFiles, ImageView } from './images.js'
import { setLabels, t } from './labels.js'
import { linkDialog } from './links.js'
import { button, note, toast } from './notices.js'
import { Outline } from './outline.js'
import { Panels } from './panels.js'
import { cleanPasted } from './paste.js'
import { Presence } from './presence.js'
import { Provider } from './provider.js'
import { mergeLeftBehind, showOutstanding } from './rescue.js'
import { schema } from './schema.js'
import { fixedSections } from './sections.js'
import { notTooMuch } from './size.js'
import { Status } from './status.js'
import { Toolbar } from './toolbar.js'
import { Unsent } from './unsent.js'

const PASTE_LIMIT = 2000000

class Editor {
  constructor (config) {
    this.config = config
    this.urls = { ...config.urls, api: new Api(config.csrf) }
    this.doc = new Y.Doc()
    this.unsent = new Unsent(config.scope, this.doc.clientID)
    this.status = new Status(document.getElementById('cse-saved'), config)
    this.provider = new Provider(this.doc, {
      socketUrl: config.urls.socket,
      syncUrl: config.urls.sync,
      csrf: config.csrf,
      canWrite: config.verbs.includes('change'),
      unsent: this.unsent,
      onchange: provider => this.changed(provider)
    })
    this.provider.mayComment = config.verbs.includes('comment')
    this.presence = new Presence(this.provider, config)
    addEventListener('beforeunload', event => {
      if (!this.provider.saved) event.preventDefault()
    })
  }

  async start () {
    await this.unsent.start()
    this.status.update(this.provider)
    this.presence.tellMode()
    this.provider.start()
  }

  changed (provider) {
    this.status.update(provider)
    if (provider.synced && !this.view) this.takeOver()
    if (provider.stopped && !this.ended) this.end(provider.stopped)
    if (this.view && this.couldWrite && !provider.canWrite && !provider.stopped) this.becomeReader()
  }

  // -- the editing surface -----------------------------------------------------------------------------------------

  takeOver () {
    const text = document.getElementById('text')
    text.replaceChildren()
    this.couldWrite = this.provider.canWrite
    this.view = new EditorView({ mount: text }, {
      state: EditorState.create({ schema, plugins: this.plugins() }),
      editable: () => this.provider.canWrite && !this.provider.stopped,
      attributes: () => this.attributes(),
      nodeViews: { image: (node, view, getPos) => new ImageView(node, view, getPos, this.urls) },
      transformPastedHTML: html => this.clean(html),
      handlePaste: (view, event) => this.files(imageFiles(event.clipboardData), event.clipboardData?.getData('text/html')),
      handleDrop: (view, event) => this.files(imageFiles(event.dataTransfer)),
      scrollMargin: { top: 130, bottom: 90, left: 0, right: 0 },
      scrollThreshold: { top: 130, bottom: 90, left: 0, right: 0 }
    })
    this.panels = new Panels(this.view)
    this.outline = new Outline({ view: this.view, presence: this.presence })
    this.outline.onpick = item => this.goTo(item.pos)
    this.comments = new Comments({
      view: this.view, api: this.urls.api, urls: this.urls, config: this.config, presence: this.presence, panels: this.panels
    })
    this.toolbar = new Toolbar(this.view, {
      link: () => linkDialog(this.view),
      image: () => imageDialog(this.view, this.urls),
      comment: () => this.comments.begin()
    })
    document.querySelector('.cse-ed').dataset.ready = 'true'
    // The binding draws the shared text in the next task.
    setTimeout(async () => {
      this.refresh()
      this.presence.render()
      await mergeLeftBehind(this.provider)
    }, 0)
  }

  attributes () {
    const writes = this.provider.canWrite && !this.provider.stopped
    return {
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': t('text_label'),
      'aria-describedby': writes ? 'cse-text-help' : '',
      'aria-readonly': writes ? 'false' : 'true',
      spellcheck: 'true',
      lang: this.config.document.language,
      class: 'cse-prose',
      ...(writes ? {} : { tabindex: '0' })
    }
  }

  plugins () {
    const { nodes: n } = schema
    return [
      ySyncPlugin(this.doc.getXmlFragment('prosemirror')),
      this.presence.plugin(),
      yUndoPlugin(),
      blockIds(),
      fixedSections(() => toast(t('section_fixed'))),
      notTooMuch(() => toast(t('paste_too_long'))),
      inputRules({
        rules: [
          textblockTypeInputRule(/^(#{2,4})\s$/, n.heading, match => ({ level: match[1].length })),
          wrappingInputRule(/^\s*([-*])\s$/, n.bullet_list),
          wrappingInputRule(/^1\.\s$/, n.ordered_list),
          wrappingInputRule(/^\s*>\s$/, n.blockquote)
        ]
      }),
      anchors({ onplaces: () => this.comments?.render(), onpick: uuid => this.comments?.pick(uuid) }),
      keymap({ Backspace: undoInputRule }),
      keymap({
        ...KEYS,
        'Mod-k': () => { linkDialog(this.view); return true },
        'Mod-Alt-m': () => { this.comments.begin(); return true },
        Escape: () => { this.toolbar.focus(); return true },
        'Alt-F10': () => { this.toolbar.focus(); return true }
      }),
      keymap(baseKeymap),
      gapCursor(),
      tableEditing(),
      new Plugin({ view: () => ({ update: (view, before) => this.updated(view, before) }) })
    ]
  }

  updated (view, before) {
    const marks = view.state.storedMarks !== before.storedMarks
    if (marks || !view.state.doc.eq(before.doc) || !view.state.selection.eq(before.selection)) {
      cancelAnimationFrame(this.frame)
      this.frame = requestAnimationFrame(() => this.refresh())
    }
    if (!view.state.doc.eq(before.doc) && this.provider.journal.length && view.hasFocus()) this.presence.typed()
  }

  refresh () {
    this.toolbar?.update()
    this.outline?.update()
    this.presence.place()
  }

  goTo (pos) {
    this.panels.close()
    const { view } = this
    if (view.editable) {
      view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(pos + 1))))
      view.focus()
    }
    view.nodeDOM(pos)?.scrollIntoView({ block: 'start' })
  }

  // -- from the clipboard ------------------------------------------------------------------------------------------

  clean (html) {
    if (html.length > PASTE_LIMIT) {
      toast(t('paste_too_long'))
      return ''
    }
    const { html: clean, dropped } = cleanPasted(html)
    if (dropped) toast(t('paste_images_dropped'))
    return clean
  }

  files (files, html) {
    if (!files.length || html || !this.view.editable) return false
    imageDialog(this.view, this.urls, { file: files[0] })
    return true
  }

  // -- rights that end ---------------------------------------------------------------------------------------------

  becomeReader () {
    this.couldWrite = false
    this.view.setProps({})
    document.querySelector('.cse-ed').classList.add('cse-ed-readonly')
    for (const bar of document.querySelectorAll('[data-cse-toolbar]')) bar.hidden = true
    note('rights', { bad: true, title: t('reader_now'), text: t('reader_now_help') })
    showOutstanding(this.provider)
  }

  end (reason) {
    this.ended = true
    this.view?.setProps({})
    const actions = []
    if (reason === 'signed-out') {
      const back = encodeURIComponent(location.pathname + location.search)
      const link = document.createElement('a')
      link.className = 'cse-btn cse-btn-primary'
      link.href = `${this.config.urls.sign_in}${this.config.urls.sign_in.includes('?') ? '&' : '?'}next=${back}`
      link.textContent = t('sign_in')
      actions.push(link)
    }
    if (reason === 'schema' || reason === 'refused') actions.push(button(t('reload'), () => location.reload()))
    note('ended', { bad: true, title: t(`status_${reason}`), text: t(`ended_${reason}`), actions })
    if (reason === 'no-right' || reason === 'gone') {
      this.view?.destroy()
      document.querySelector('.cse-ed__body').replaceChildren()
      document.getElementById('cse-here')?.replaceChildren()
    }
    // Signed out or out of date: the next session merges it. Otherwise this is the last place where it stands.
    if (['refused', 'no-right', 'gone'].includes(reason)) showOutstanding(this.provider)
  }
}

const data = document.getElementById('cse-editor-config')
if (data) {
  const config = JSON.parse(data.textContent)
  setLabels(config)
  const editor = new Editor(config)
  // For the console of a developer and for the browser tests; holds nothing that the page does not show.
  window.cseEditor = editor
  editor.start()
}
