import type { Command, CommandIntent } from '../../model'
import type { CommandSpec, CommandSpecs } from './commandSpec'
import { conversationCommands } from './conversationCommands'
import { groupCommands } from './groupCommands'
import { messageCommands } from './messageCommands'
import { peopleCommands } from './peopleCommands'

/** How each command goes out. */
export const commandSpecs: CommandSpecs = {
  ...messageCommands,
  ...conversationCommands,
  ...peopleCommands,
  ...groupCommands,
}

/** The spec of a command; TypeScript cannot tie the two sides of this table together. */
export function specOf(command: CommandIntent): CommandSpec<Command, unknown> {
  const spec = Object.hasOwn(commandSpecs, command.type) ? commandSpecs[command.type] : unknownCommand
  return spec as unknown as CommandSpec<Command, unknown>
}

/** Another version of the kit may have left a command that this one cannot do. */
const unknownCommand = {
  ability: 'messages.send',
  lane: ({ type }: { readonly type: string }) => type,
  run: () => undefined,
}
