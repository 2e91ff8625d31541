/** What the kit needs of a browser page. */
export { randomIds, systemClock, webPlatform } from './platform'
