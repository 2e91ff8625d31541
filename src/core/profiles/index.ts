/** Profiles and groups, asked for lazily and many at a time. */
export { LazyLoader } from './lazyLoader'
export type { LazyLoaderOptions } from './lazyLoader'
