// Frames of the y-protocols, several in one message, plus our acknowledgement (100).
import * as encoding from 'lib0/encoding'
import * as decoding from 'lib0/decoding'

const SYNC = 0
const AWARENESS = 1
const ACK = 100

const frame = (write) => {
  const encoder = encoding.createEncoder()
  write(encoder)
  return encoding.toUint8Array(encoder)
}
const sync = (kind, data) => frame(e => {
  encoding.writeVarUint(e, SYNC)
  encoding.writeVarUint(e, kind)
  encoding.writeVarUint8Array(e, data)
})

export const askFrame = (stateVector) => sync(0, stateVector)
export const updateFrame = (update) => sync(2, update)
export const awarenessFrame = (data) => frame(e => {
  encoding.writeVarUint(e, AWARENESS)
  encoding.writeVarUint8Array(e, data)
})

/** Calls `on.ask(sv)`, `on.state(update)`, `on.update(update)`, `on.awareness(data)`, `on.ack(n)` in the order of the bytes. */
export function readFrames (bytes, on) {
  const d = decoding.createDecoder(bytes)
  while (decoding.hasContent(d)) {
    const type = decoding.readVarUint(d)
    if (type === SYNC) {
      const kind = decoding.readVarUint(d)
      const data = decoding.readVarUint8Array(d)
      if (kind === 0) on.ask?.(data)
      else if (kind === 1) on.state(data)
      else on.update(data)
    } else if (type === AWARENESS) on.awareness(decoding.readVarUint8Array(d))
    else if (type === ACK) on.ack?.(decoding.readVarUint(d))
    else if (type !== 3) return // a newer server says more than we understand
  }
}

export function join (parts) {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
