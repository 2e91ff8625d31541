import type { Xml } from './xml'

/** Deeper than anything the transport understands, and shallow enough for every call stack. */
const DEEPEST = 60
const ELEMENT = 1
const TEXT = 3
const CDATA = 4

/** The element as plain data; what is nested beyond all sense is cut off. */
export function readXml(element: Element, depth = 0): Xml {
  const attrs: Record<string, string> = {}
  for (const { name, value } of Array.from(element.attributes)) {
    // A namespace is told by `ns`; a name like `__proto__` must stay a plain key.
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) Object.defineProperty(attrs, name, plain(value))
  }
  const children: (Xml | string)[] = []
  for (const node of depth < DEEPEST ? Array.from(element.childNodes) : []) {
    if (node.nodeType === ELEMENT) children.push(readXml(node as Element, depth + 1))
    else if (node.nodeType === TEXT || node.nodeType === CDATA) children.push(node.nodeValue ?? '')
  }
  return { name: element.localName ?? element.nodeName, ns: element.namespaceURI ?? '', attrs, children }
}

function plain(value: string): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true }
}
