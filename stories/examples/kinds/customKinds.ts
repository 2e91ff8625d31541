import type { Component } from 'vue'
import type { PartRendererProps } from 'vue-parley'
import OrderCard from './OrderCard.vue'
import PollCard from './PollCard.vue'
import RedPacket from './RedPacket.vue'
import SignUpList from './SignUpList.vue'

/** The kinds of this app, by the type its custom parts carry. */
export const customKinds: Readonly<Record<string, Component<PartRendererProps<'custom'>>>> = {
  'shop/order': OrderCard,
  'shop/red-packet': RedPacket,
  'team/poll': PollCard,
  'team/sign-up': SignUpList,
}
