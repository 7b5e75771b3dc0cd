import type { CommandArguments, CommandId } from '../contributions.ts';

/**
 * A Markdown link that runs one of Spanhop's commands. Arguments may hold any text: everything that could
 * end the link or the address is encoded. `label` is Spanhop's own text.
 */
export function commandLink<Id extends CommandId>(
  label: string,
  id: Id,
  ...args: CommandArguments[Id]
): string {
  const encoded = encodeURIComponent(JSON.stringify(args)).replace(
    /[()'!*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `[${label}](command:${id}?${encoded})`;
}
