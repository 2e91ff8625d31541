/** A picture of a person or a group that the service has taken in: it goes where addresses go, and is no longer than this. */
const MOST_LENGTH = 40_000
const OWN = /^data:image\/(?:jpeg|png|webp);base64,[A-Za-z0-9+/=]+$/

/** True for the address under which the service gives out such a picture. */
export function isOwnPicture(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MOST_LENGTH && OWN.test(value)
}

/** That address; undefined where the picture is too large for it, or none. */
export async function ownPictureOf(blob: Blob): Promise<string | undefined> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  const binary = Array.from(bytes.subarray(0, MOST_LENGTH), (byte) => String.fromCharCode(byte)).join('')
  const url = `data:${blob.type};base64,${btoa(binary)}`
  return bytes.length < MOST_LENGTH && isOwnPicture(url) ? url : undefined
}
