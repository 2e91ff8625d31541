import type { LocaleTag } from './settings'

/** The demo's own words; those of the kit are in its catalogues. */
const words = {
  en: {
    title: 'Parley, two people in one page',
    single: (name: string) => `Parley, signed in as ${name}`,
    lead: 'Two people, one service in your browser. Nothing leaves this machine.',
    leadRemote: 'Two people, one XMPP server on this machine.',
    language: 'Language',
    theme: 'Theme',
    light: 'Light',
    dark: 'Dark',
    auto: 'System',
    faults: 'Faults',
    noFaults: 'Good network',
    badNetwork: 'Bad network',
    fullSize: (name: string) => `Open ${name} full size`,
    both: 'Show both people',
    live: 'Live room',
    liveTitle: 'Parley, a live room',
    liveLead: 'A host, a viewer and a made-up audience. The service lets through 40 messages a second.',
    host: (name: string) => `${name}, the host`,
    viewer: (name: string) => `${name}, watching`,
    crowd: 'Messages a second',
    noCrowd: 'None',
  },
  'zh-CN': {
    title: 'Parley，一个页面里的两个人',
    single: (name: string) => `Parley，已登录：${name}`,
    lead: '两个人，一个就在浏览器里的服务，任何内容都不会离开本机。',
    leadRemote: '两个人，一个就在本机上的 XMPP 服务器。',
    language: '语言',
    theme: '主题',
    light: '浅色',
    dark: '深色',
    auto: '跟随系统',
    faults: '故障',
    noFaults: '网络良好',
    badNetwork: '网络很差',
    fullSize: (name: string) => `整页打开 ${name}`,
    both: '显示两个人',
    live: '直播间',
    liveTitle: 'Parley，直播间',
    liveLead: '一位主播、一位观众和一群虚构的观众。服务每秒最多放行 40 条消息。',
    host: (name: string) => `${name}（主播）`,
    viewer: (name: string) => `${name}（观众）`,
    crowd: '每秒消息数',
    noCrowd: '无',
  },
} satisfies Record<LocaleTag, unknown>

/** The demo's words in a language. */
export function demoWords(locale: LocaleTag) {
  return words[locale]
}
