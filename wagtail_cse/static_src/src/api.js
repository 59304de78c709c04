// JSON and files to and from the server; an error carries a sentence that can be shown as it is.
import { t } from './labels.js'

export class ApiError extends Error {}

export class Api {
  constructor (csrf) { this.csrf = csrf }

  get (url) { return this.call(url, {}) }

  post (url, data) {
    return this.call(url, { method: 'POST', body: JSON.stringify(data), headers: { 'Content-Type': 'application/json', 'X-CSRFToken': this.csrf } })
  }

  upload (url, file) {
    const body = new FormData()
    body.append('file', file, file.name || 'image.png')
    return this.call(url, { method: 'POST', body, headers: { 'X-CSRFToken': this.csrf } })
  }

  async call (url, options) {
    let response
    try {
      response = await fetch(url, { credentials: 'same-origin', redirect: 'manual', ...options, headers: { Accept: 'application/json', ...options.headers } })
    } catch {
      throw new ApiError(t('error_network'))
    }
    let data = null
    try { data = await response.json() } catch { /* an answer without a body, or a page of a proxy */ }
    if (response.ok && data) return data
    if (data?.error) throw new ApiError(data.error)
    if (response.status === 401 || response.type === 'opaqueredirect') throw new ApiError(t('error_signed_out'))
    if (response.status === 403 || response.status === 404) throw new ApiError(t('error_no_right'))
    if (response.status === 413) throw new ApiError(t('error_too_large'))
    throw new ApiError(t('error_server'))
  }
}

export const requestId = () => {
  if (crypto.randomUUID) return crypto.randomUUID()
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, '0')).join('')
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-4$3-8$4-$5').replace(/-4.(...)-8.(...)-/, '-4$1-8$2-')
}
