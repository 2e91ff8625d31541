/** A piece of XML as plain data: what everything but the stream itself works with. */
export interface Xml {
  /** The local name. */
  readonly name: string
  /** Empty in a piece to be sent: the parent's. */
  readonly ns: string
  readonly attrs: Readonly<Record<string, string>>
  readonly children: readonly (Xml | string)[]
}
/** What may stand in a piece to be sent: what is undefined is left out. */
export type XmlContent = Xml | string | undefined

/** A piece to be sent; `xmlns` among the attributes is its namespace, undefined ones are left out. */
export function xml(
  name: string,
  attrs: Readonly<Record<string, string | undefined>> = {},
  ...content: readonly (XmlContent | readonly XmlContent[])[]
): Xml {
  const { xmlns = '', ...others } = attrs
  const given = Object.entries(others).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const children = content
    .flat()
    .filter((child): child is Xml | string => child !== undefined && child !== '')
  return { name, ns: xmlns, attrs: Object.fromEntries(given), children }
}

/** The elements inside, of this name and namespace where they are given. */
export function elementsOf(parent: Xml | undefined, name?: string, ns?: string): readonly Xml[] {
  const elements = parent?.children.filter((child): child is Xml => typeof child !== 'string') ?? []
  return elements.filter(
    (child) => (name === undefined || child.name === name) && (ns === undefined || child.ns === ns),
  )
}

/** The first element inside of this name and namespace. */
export function elementOf(parent: Xml | undefined, name?: string, ns?: string): Xml | undefined {
  return elementsOf(parent, name, ns)[0]
}

/** The text directly inside. */
export function textOf(parent: Xml | undefined): string {
  return parent?.children.filter((child) => typeof child === 'string').join('') ?? ''
}

/** An attribute that is there and not empty. */
export function attrOf(element: Xml | undefined, name: string): string | undefined {
  return element && Object.hasOwn(element.attrs, name) ? element.attrs[name] || undefined : undefined
}
