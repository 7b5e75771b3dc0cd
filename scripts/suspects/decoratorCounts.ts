/** Decorators of methods by the kind of handler that each makes, and the package that has them. */
const kinds = [
  {
    kind: 'http',
    from: /@nestjs\/common|@nestia\/core/,
    names:
      'Get|Post|Put|Patch|Delete|All|Sse|Head|Options|Search|RequestMapping|Propfind|Proppatch|Mkcol|Copy|Move|Lock|Unlock|QueryMethod',
  },
  {
    kind: 'graphql',
    from: /@nestjs\/graphql/,
    names: 'Query|Mutation|Subscription|ResolveField|ResolveProperty',
  },
  {
    kind: 'other',
    from: /@nestjs\/(microservices|websockets|schedule|event-emitter|bull)|@golevelup|sqs/,
    names:
      'MessagePattern|EventPattern|GrpcMethod|GrpcStreamMethod|GrpcStreamCall|SubscribeMessage|Cron|Interval|Timeout|OnEvent|Process|RabbitSubscribe|RabbitRPC|SqsMessageHandler',
  },
] as const;

export type CountedKind = (typeof kinds)[number]['kind'];

/** All of their names: each is known to a rule. */
export const countedDecorators: ReadonlySet<string> = new Set(
  kinds.flatMap(({ names }) => names.split('|')),
);

/**
 * How many methods of a file carry a decorator of each kind, by its text alone: first on its line, not in a
 * comment. Independent of the index, and wrong where a decorator is renamed or wrapped.
 */
export function countDecorators(text: string): ReadonlyMap<CountedKind, number> {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const counts = new Map<CountedKind, number>();
  for (const { kind, from, names } of kinds) {
    if (!from.test(code)) continue;
    const found = code.match(new RegExp(`^\\s*@(?:\\w+\\.)?(?:${names})\\(`, 'gm'));
    counts.set(kind, found?.length ?? 0);
  }
  return counts;
}
