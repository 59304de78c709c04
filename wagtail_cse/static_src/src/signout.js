// Signing out deletes what was kept on this device. Small, and without the editor, for every page with the form
// (core's own carries data-cse-signout; a site adds it to its form).
import { DATABASE } from './unsent.js'

document.addEventListener('submit', (event) => {
  const form = event.target
  if (!form.matches('[data-cse-signout]') || !window.indexedDB) return
  event.preventDefault()
  let gone = false
  const go = () => {
    if (!gone) form.submit()
    gone = true
  }
  setTimeout(go, 4000) // another tab may hold it open
  const request = indexedDB.deleteDatabase(DATABASE)
  request.onsuccess = request.onerror = go
})
