// What the toolbar and the keys do, and what they say about the selection.
import { chainCommands, createParagraphNear, lift, liftEmptyBlock, newlineInCode, setBlockType, splitBlock, toggleMark, wrapIn } from 'prosemirror-commands'
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list'
import { Selection, TextSelection } from 'prosemirror-state'
import {
  addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable, goToNextCell, isInTable, mergeCells, splitCell, toggleHeaderRow
} from 'prosemirror-tables'
import { redoCommand, undoCommand } from 'y-prosemirror'
import { schema } from './schema.js'
import { deleteBetweenSections } from './sections.js'

const { nodes: n, marks: m } = schema

/** The ancestors of the selection, innermost first. */
function * ancestors (state) {
  const { $from } = state.selection
  if (state.selection.node) yield state.selection.node
  for (let d = $from.depth; d > 0; d--) yield $from.node(d)
}
const inside = (state, type) => { for (const node of ancestors(state)) if (node.type === type) return node; return null }

function toggleList (type) {
  return (state, dispatch, view) => {
    for (const node of ancestors(state)) {
      if (node.type === type) return liftListItem(n.list_item)(state, dispatch, view)
      if (node.type === n.bullet_list || node.type === n.ordered_list) return changeList(type)(state, dispatch)
    }
    return wrapInList(type)(state, dispatch, view)
  }
}

function changeList (type) {
  return (state, dispatch) => {
    const { $from } = state.selection
    for (let d = $from.depth; d > 0; d--) {
      if ($from.node(d).type !== n.bullet_list && $from.node(d).type !== n.ordered_list) continue
      dispatch?.(state.tr.setNodeMarkup($from.before(d), type, { bid: $from.node(d).attrs.bid }))
      return true
    }
    return false
  }
}

/** Into such a block, or out of it. */
function toggleWrap (type) {
  return (state, dispatch, view) => inside(state, type) ? lift(state, dispatch, view) : wrapIn(type)(state, dispatch, view)
}

/** Puts a block after the one with the cursor, or in the place of an empty paragraph. */
export function insertBlock (node) {
  return (state, dispatch) => {
    if (!dispatch) return true
    const { $from } = state.selection
    const tr = state.tr
    const top = $from.depth ? $from.node(1) : null
    let at
    if (top && top.type === n.paragraph && top.content.size === 0) {
      at = $from.before(1)
      tr.replaceWith(at, $from.after(1), node)
    } else {
      at = $from.depth ? $from.after(1) : state.selection.to
      tr.insert(at, node)
    }
    const after = at + node.nodeSize
    if (node.isAtom || node.type === n.horizontal_rule) {
      if (after >= tr.doc.content.size) tr.insert(after, n.paragraph.create())
      tr.setSelection(TextSelection.near(tr.doc.resolve(after), 1))
    } else {
      tr.setSelection(Selection.near(tr.doc.resolve(at + 1), 1))
    }
    dispatch(tr.scrollIntoView())
    return true
  }
}

function emptyTable () {
  const row = (type) => n.table_row.create(null, [0, 1, 2].map(() => type.createAndFill()))
  return n.table.create(null, [row(n.table_header), row(n.table_cell), row(n.table_cell)])
}

function insertTable (state, dispatch) {
  return isInTable(state) ? false : insertBlock(emptyTable())(state, dispatch)
}

export const setCallout = (kind) => (state, dispatch) => {
  const { $from } = state.selection
  for (let d = $from.depth; d > 0; d--) {
    if ($from.node(d).type !== n.callout) continue
    dispatch?.(state.tr.setNodeMarkup($from.before(d), null, { ...$from.node(d).attrs, kind }))
    return true
  }
  return false
}

const insertBreak = (state, dispatch) => {
  if (!state.selection.$from.parent.inlineContent) return false
  dispatch?.(state.tr.replaceSelectionWith(n.hard_break.create()).scrollIntoView())
  return true
}

/** name -> command; the names are the `data-command` of the toolbar. */
export const COMMANDS = {
  paragraph: setBlockType(n.paragraph),
  heading2: setBlockType(n.heading, { level: 2 }),
  heading3: setBlockType(n.heading, { level: 3 }),
  heading4: setBlockType(n.heading, { level: 4 }),
  bold: toggleMark(m.strong),
  italic: toggleMark(m.em),
  code: toggleMark(m.code),
  strikethrough: toggleMark(m.strikethrough),
  superscript: toggleMark(m.superscript),
  subscript: toggleMark(m.subscript),
  list: toggleList(n.bullet_list),
  numbers: toggleList(n.ordered_list),
  quote: toggleWrap(n.blockquote),
  callout: toggleWrap(n.callout),
  note: setCallout('note'),
  warning: setCallout('warning'),
  example: setCallout('example'),
  rule: insertBlock(n.horizontal_rule.create()),
  table: insertTable,
  undo: undoCommand,
  redo: redoCommand,
  'row-before': addRowBefore,
  'row-after': addRowAfter,
  'row-delete': deleteRow,
  'column-before': addColumnBefore,
  'column-after': addColumnAfter,
  'column-delete': deleteColumn,
  'header-row': toggleHeaderRow,
  merge: mergeCells,
  split: splitCell,
  'table-delete': deleteTable
}

const hasMark = (state, type) => {
  const { from, to, empty, $from } = state.selection
  return empty ? Boolean(type.isInSet(state.storedMarks || $from.marks())) : state.doc.rangeHasMark(from, to, type)
}

/** name -> is it on? Only for commands that are switches. */
export const PRESSED = {
  bold: state => hasMark(state, m.strong),
  italic: state => hasMark(state, m.em),
  code: state => hasMark(state, m.code),
  strikethrough: state => hasMark(state, m.strikethrough),
  superscript: state => hasMark(state, m.superscript),
  subscript: state => hasMark(state, m.subscript),
  link: state => hasMark(state, m.link),
  list: state => { for (const node of ancestors(state)) if (['bullet_list', 'ordered_list'].includes(node.type.name)) return node.type === n.bullet_list; return false },
  numbers: state => { for (const node of ancestors(state)) if (['bullet_list', 'ordered_list'].includes(node.type.name)) return node.type === n.ordered_list; return false },
  quote: state => Boolean(inside(state, n.blockquote)),
  callout: state => Boolean(inside(state, n.callout)),
  note: state => inside(state, n.callout)?.attrs.kind === 'note',
  warning: state => inside(state, n.callout)?.attrs.kind === 'warning',
  example: state => inside(state, n.callout)?.attrs.kind === 'example'
}

/** "paragraph", "heading2" ... of the block with the cursor. */
export function blockKind (state) {
  const { parent } = state.selection.$from
  return parent.type === n.heading ? `heading${parent.attrs.level}` : 'paragraph'
}

export const context = (state) => isInTable(state) ? 'table' : inside(state, n.callout) ? 'callout' : null

const guard = (command) => chainCommands(deleteBetweenSections, command)

export const KEYS = {
  'Mod-z': undoCommand,
  'Mod-y': redoCommand,
  'Mod-Shift-z': redoCommand,
  'Mod-b': COMMANDS.bold,
  'Mod-i': COMMANDS.italic,
  'Mod-Alt-0': COMMANDS.paragraph,
  'Mod-Alt-2': COMMANDS.heading2,
  'Mod-Alt-3': COMMANDS.heading3,
  'Mod-Alt-4': COMMANDS.heading4,
  'Mod-Shift-7': COMMANDS.numbers,
  'Mod-Shift-8': COMMANDS.list,
  'Mod-Shift-9': COMMANDS.quote,
  Backspace: guard(() => false),
  Delete: guard(() => false),
  Enter: chainCommands(splitListItem(n.list_item), newlineInCode, createParagraphNear, liftEmptyBlock, splitBlock),
  'Shift-Enter': insertBreak,
  Tab: chainCommands(goToNextCell(1), sinkListItem(n.list_item)),
  'Shift-Tab': chainCommands(goToNextCell(-1), liftListItem(n.list_item)),
  'Mod-[': liftListItem(n.list_item),
  'Mod-]': sinkListItem(n.list_item)
}
