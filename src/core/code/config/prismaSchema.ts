/** Names of the models (and views) of a schema.prisma; text in comments doesn't count. */
export function readSchemaModels(text: string): readonly string[] {
  const found = text.matchAll(/^[ \t]*(?:model|view)[ \t]+([A-Za-z]\w*)[ \t]*\{/gm);
  return [...found].map((match) => match[1] ?? '');
}
