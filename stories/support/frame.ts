import { h } from 'vue'
import type { ComponentOptions, VNode } from 'vue'
import { ChatKitProvider, ChatPanel } from 'vue-parley'
import type { ChatKit } from 'vue-parley'

/** How large the frame is and how it looks. */
export interface FrameOptions {
  /** CSS pixels; absent: all there is. */
  readonly width?: number
  /** CSS pixels. @default 640 */
  readonly height?: number
}

/** Draws a component inside the kit of a stage, in a frame of the story's size. */
export function framed<Stage extends { readonly kit: ChatKit }>(
  stage: Stage,
  draw: (stage: Stage) => VNode,
  { width, height = 640 }: FrameOptions = {},
): ComponentOptions {
  return {
    setup: () => () =>
      h(
        'div',
        {
          style: {
            inlineSize: width === undefined ? '100%' : `${width}px`,
            maxInlineSize: '100%',
            blockSize: `${height}px`,
            display: 'grid',
            background: 'var(--parley-panel)',
          },
        },
        h(ChatKitProvider, { kit: stage.kit }, { default: () => draw(stage) }),
      ),
  }
}

/** A stage on which a conversation is open. */
interface PanelStage {
  readonly kit: ChatKit
  readonly conversationId: string | undefined
}

/** The `render` of stories about a chat: the open conversation of the stage, as large as the story's parameters say. */
export function drawPanel(size: FrameOptions = {}) {
  return (
    _args: unknown,
    { loaded, parameters }: { loaded: Record<string, unknown>; parameters: FrameOptions },
  ): ComponentOptions => {
    const { width = size.width, height = size.height } = parameters
    return framed(loaded['stage'] as PanelStage, ({ conversationId }) => h(ChatPanel, { conversationId }), {
      ...(width !== undefined && { width }),
      ...(height !== undefined && { height }),
    })
  }
}
