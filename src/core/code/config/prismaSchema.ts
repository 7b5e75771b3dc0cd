/** Names of the models (and views) of a schema.prisma or a ZenStack's schema.zmodel; comments don't count. */
export function readSchemaModels(text: string): readonly string[] {
  const found = text.matchAll(
    /^[ \t]*(?:model|view)[ \t]+([A-Za-z]\w*)[ \t]*(?:(?:extends|with)[ \t][\w \t,]*)?\{/gm,
  );
  return [...found].map((match) => match[1] ?? '');
}
