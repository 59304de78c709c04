// The dialogs stand in the template, with their texts; here they are opened, checked and read.
import { t } from './labels.js'

/**
 * Opens a dialog with a form. `fill(form)` prepares it, `submit(form, name of the pressed button)` acts; when it throws,
 * its message is shown and everything typed stays. Closing gives the focus back through `after()`.
 */
export function openDialog (id, { fill, submit, after }) {
  const dialog = document.getElementById(id)
  const form = dialog.querySelector('form')
  const error = dialog.querySelector('[data-error]')
  const say = (text) => {
    error.textContent = text
    error.hidden = !text
  }
  form.reset()
  say('')
  fill(form)
  form.onsubmit = async (event) => {
    event.preventDefault()
    const pressed = event.submitter?.value || 'ok'
    if (form.dataset.busy) return
    form.dataset.busy = '1'
    try {
      await submit(form, pressed)
      dialog.close()
    } catch (problem) {
      say(problem.message)
    } finally {
      delete form.dataset.busy
    }
  }
  dialog.querySelector('[data-cancel]').onclick = () => dialog.close()
  dialog.onclose = () => after()
  dialog.showModal()
  return dialog
}

export const complain = (key) => { throw new Error(t(key)) }
