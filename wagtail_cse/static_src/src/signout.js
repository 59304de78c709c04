// Signing out deletes what was kept on this device. Small, and without the editor, for every page with the form.
import { DATABASE } from './unsent.js'

document.addEventListener('submit', (event) => {
  if (event.target.closest('[data-cse-signout]')) indexedDB.deleteDatabase(DATABASE)
})
