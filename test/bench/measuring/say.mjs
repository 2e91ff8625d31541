/** Prints a line. */
export function say(text) {
  process.stdout.write(`${text}\n`)
}
