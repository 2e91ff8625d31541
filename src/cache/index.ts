/** What this machine keeps for one user of one backend, so that a kit starts with it and reads history from it first. */
export { cacheName, openCache } from './cache'
export type { CacheOptions, CacheStorage } from './cache'
export { SCHEMA as CACHE_SCHEMA } from './rows'
