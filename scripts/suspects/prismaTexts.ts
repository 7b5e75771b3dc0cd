import type { WorkspaceFacts } from '../../src/core/code/linker.ts';
import type { CodeIndex } from '../../src/core/code/model.ts';
import type { Suspect } from './suspect.ts';

const operations =
  'findUnique|findUniqueOrThrow|findFirst|findFirstOrThrow|findMany|create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert|delete|deleteMany|aggregate|groupBy|count';

/** `.order.findMany(` and `.$queryRaw` in a text, of the schemas' models, where the index has no call. */
export function missingPrismaCalls(
  { calls }: CodeIndex,
  { configs }: WorkspaceFacts,
  texts: ReadonlyMap<string, string>,
): Suspect[] {
  const delegates = [...configs.values()]
    .flatMap((config) => (config.kind === 'schema' ? config.models : []))
    .map(({ name }) => name.slice(0, 1).toLowerCase() + name.slice(1));
  if (delegates.length === 0) return [];
  const pattern = new RegExp(
    `\\.\\s*(?:(?:${delegates.join('|')})\\s*\\.\\s*(${operations})\\s*(?:<[^>]*>)?\\(|\\$(queryRaw|executeRaw|queryRawUnsafe|executeRawUnsafe|transaction)\\b)`,
    'g',
  );
  const known = new Set(
    calls.map((call) => `${call.location.path}:${call.location.line} ${call.operation}`),
  );
  return [...texts].flatMap(([path, text]) => {
    const code = text.replace(/\/\*[\s\S]*?\*\/|^[ \t]*\/\/.*$/gm, (comment) =>
      comment.replace(/[^\n]/g, ' '),
    );
    return [...code.matchAll(pattern)].flatMap((match) => {
      const operation = match[1] ?? match[2] ?? '';
      const at = match.index + match[0].lastIndexOf(operation);
      const line = code.slice(0, at).split('\n').length;
      if (known.has(`${path}:${line} ${operation}`)) return [];
      return [{ why: `${operation}: not among the Prisma calls`, where: `${path}:${line}` }];
    });
  });
}
