// Large updates in pieces that the server and what stands before it take (a frame of 1 MB, a request of 2 MB; many
// proxies allow a request of 1 MB).
import * as Y from 'yjs'
import * as encoding from 'lib0/encoding'

/** Bytes of an update that are sent at once, as far as it can be cut. */
export const PIECE = 256 * 1024
/** Bytes of updates in one request. */
export const REQUEST = 512 * 1024
/** Bytes of an update that the server takes. */
export const LIMIT = 1024 * 1024

/**
 * The same change as a list of updates of about PIECE bytes. Each builds only on those before it: what is new in an
 * update of one client refers to what came earlier. An update of several clients stays whole.
 */
export function inPieces (update) {
  if (update.length <= PIECE) return [update]
  const { structs, ds } = Y.decodeUpdate(update)
  if (!structs.length || structs.some(struct => struct.id.client !== structs[0].id.client)) return [update]
  const pieces = []
  let group = []
  let size = 0
  const close = deletes => {
    if (group.length || deletes) pieces.push(encode(group, deletes))
    group = []
    size = 0
  }
  for (const struct of structs) {
    const length = sizeOf(struct)
    if (group.length && size + length > PIECE) close(null)
    group.push(struct)
    size += length
  }
  close(ds)
  return pieces
}

function sizeOf (struct) {
  const encoder = new Y.UpdateEncoderV1()
  struct.write(encoder, 0)
  return encoding.length(encoder.restEncoder)
}

function encode (structs, ds) {
  const encoder = new Y.UpdateEncoderV1()
  const { restEncoder } = encoder
  encoding.writeVarUint(restEncoder, structs.length ? 1 : 0)
  if (structs.length) {
    encoding.writeVarUint(restEncoder, structs.length)
    encoder.writeClient(structs[0].id.client)
    encoding.writeVarUint(restEncoder, structs[0].id.clock)
    for (const struct of structs) struct.write(encoder, 0)
  }
  const clients = ds ? [...ds.clients].sort(([a], [b]) => b - a) : []
  encoding.writeVarUint(restEncoder, clients.length)
  for (const [client, items] of clients) {
    encoding.writeVarUint(restEncoder, client)
    encoding.writeVarUint(restEncoder, items.length)
    for (const { clock, len } of items) {
      encoding.writeVarUint(restEncoder, clock)
      encoding.writeVarUint(restEncoder, len)
    }
  }
  return encoder.toUint8Array()
}
